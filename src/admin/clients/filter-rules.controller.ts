import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyRequired, CurrentPrincipal, type Principal, Roles } from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { ApiProblems, PageQueryDto } from '../../common/index.js';
import { FilterRulesService } from '../../production-filter/index.js';
import { ClientPathDto } from './client-request.dto.js';
import { FilterRulesAdminService } from './filter-rules-admin.service.js';
import { PreviewQueryDto, RulePreviewDto } from './filter-rules-preview.dto.js';
import { FilterRulesInputDto, RuleSetDto, RuleSetVersionsDto, StoredRuleSetDto } from './filter-rules.dto.js';
import { filterRulesExamples } from './filter-rules.examples.js';
import { toPreviewDto, toRuleSetDto, toStoredRuleSetDto, toVersionsDto } from './filter-rules.mapper.js';

/** Which executions count as production: versioned rules of each client. */
@ApiTags('Filter rules')
@ApiKeyRequired()
@Roles('admin')
@Controller('clients/:id/filter-rules')
export class FilterRulesController {
  constructor(
    private readonly clients: ClientsService,
    private readonly rules: FilterRulesService,
    private readonly admin: FilterRulesAdminService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getFilterRules',
    summary: 'Current filter rules',
    description: 'The newest version, every key filled in, and what it does in words.',
  })
  @ApiProblems(404)
  async current(@Param() path: ClientPathDto): Promise<RuleSetDto> {
    await this.clients.get(path.id);
    return toRuleSetDto(await this.rules.current(path.id));
  }

  @Put()
  @ApiOperation({
    operationId: 'putFilterRules',
    summary: 'Store new filter rules',
    description:
      'Becomes the next version; what is left out has its default. A job classifies the stored executions again and recomputes their ' +
      'figures: `job_url` shows how far it is. Executions that come meanwhile are classified by the new rules at once. The same rules ' +
      'again make no new version. `explanation` says what the rules do; `preview` tries them before.',
  })
  @ApiBody({ type: FilterRulesInputDto, examples: filterRulesExamples })
  @ApiProblems(404)
  async put(
    @Param() path: ClientPathDto,
    @Body() body: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<StoredRuleSetDto> {
    await this.clients.get(path.id);
    return toStoredRuleSetDto(await this.admin.put(path.id, body, principal.actor));
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'previewFilterRules',
    summary: 'Try filter rules without storing them',
    description:
      'Takes the body of `PUT` and says what these rules would do to the stored executions of a range of days: figures before and ' +
      'after, how many would move each way, per workflow and by old and new reason, with samples. It changes nothing.',
  })
  @ApiBody({ type: FilterRulesInputDto, examples: filterRulesExamples })
  @ApiProblems(404)
  async preview(
    @Param() path: ClientPathDto,
    @Query() query: PreviewQueryDto,
    @Body() body: Record<string, unknown>,
  ): Promise<RulePreviewDto> {
    const client = await this.clients.get(path.id);
    const range = { start: query.start_date, end: query.end_date };
    const { candidate, preview } = await this.admin.preview(client, body, range);
    return toPreviewDto(client, candidate, preview);
  }

  @Get('versions')
  @ApiOperation({
    operationId: 'listFilterRuleVersions',
    summary: 'All versions of the filter rules',
    description: 'Newest first, with author and time, down to the defaults (version 0).',
  })
  @ApiProblems(404)
  async versions(@Param() path: ClientPathDto, @Query() query: PageQueryDto): Promise<RuleSetVersionsDto> {
    await this.clients.get(path.id);
    return toVersionsDto(path.id, await this.rules.versions(path.id, query));
  }
}
