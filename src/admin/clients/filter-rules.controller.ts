import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyRequired, AuditService, CurrentPrincipal, type Principal, Roles } from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { ApiProblems, type Plain } from '../../common/index.js';
import { JobsService } from '../../jobs/index.js';
import { FilterRulesService, type RuleSet, type StoredRuleSet } from '../../production-filter/index.js';
import { JOB } from '../../scheduler/index.js';
import { ClientPathDto } from './client-request.dto.js';
import {
  type FilterRulesDto,
  FilterRulesInputDto,
  type QuietHoursDto,
  RuleSetDto,
  RuleSetVersionsDto,
} from './filter-rules.dto.js';

/** Which executions count as production: versioned rules of each client. */
@ApiTags('Filter rules')
@ApiKeyRequired()
@Roles('admin')
@Controller('clients/:id/filter-rules')
export class FilterRulesController {
  constructor(
    private readonly clients: ClientsService,
    private readonly rules: FilterRulesService,
    private readonly audit: AuditService,
    private readonly jobs: JobsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Current filter rules', description: 'The newest version, every key filled in.' })
  @ApiProblems(400, 401, 403, 404)
  async current(@Param() path: ClientPathDto): Promise<RuleSetDto> {
    await this.clients.get(path.id);
    return toRuleSetDto(await this.rules.current(path.id));
  }

  @Put()
  @ApiOperation({
    summary: 'Store new filter rules',
    description:
      'Becomes the next version; what is left out has its default. Stored history is classified again and its figures are ' +
      'recomputed in the background. The same rules again make no new version.',
  })
  @ApiBody({
    type: FilterRulesInputDto,
    examples: {
      patterns: {
        summary: 'Names decide',
        value: {
          exclude_manual: true,
          exclude_test_workflows: true,
          exclude_workflow_patterns: ['.*test.*', '.*dev.*'],
          include_workflow_patterns: ['.*prod.*'],
        },
      },
      insights: { summary: 'Exactly what n8n counts', value: { preset: 'n8n_insights' } },
    },
  })
  @ApiProblems(400, 401, 403, 404)
  async put(
    @Param() path: ClientPathDto,
    @Body() body: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RuleSetDto> {
    await this.clients.get(path.id);
    const stored = await this.rules.put(path.id, body, principal.actor);
    await this.jobs.enqueue({ name: JOB.applyConfiguration, clientId: path.id });
    await this.audit.record(principal.actor, 'filter-rules.put', `client:${path.id}`, { version: stored.version });
    return toRuleSetDto(stored);
  }

  @Get('versions')
  @ApiOperation({ summary: 'All versions of the filter rules', description: 'Newest first, down to the defaults (version 0).' })
  @ApiProblems(400, 401, 403, 404)
  async versions(@Param() path: ClientPathDto): Promise<RuleSetVersionsDto> {
    await this.clients.get(path.id);
    return toVersionsDto(path.id, await this.rules.versions(path.id));
  }
}

function toVersionsDto(clientId: number, versions: readonly StoredRuleSet[]): Plain<RuleSetVersionsDto> {
  return { client_id: clientId, items: versions.map(toRuleSetDto) };
}

function toRuleSetDto({ clientId, version, rules, author, createdAt }: StoredRuleSet): Plain<RuleSetDto> {
  return {
    client_id: clientId,
    version,
    rules: toRulesDto(rules),
    author,
    created_at: version === 0 ? null : createdAt.toISOString(),
  };
}

/** The same, as far as the wire is concerned: only the lists lose their `readonly`. */
function toRulesDto(rules: RuleSet): Plain<FilterRulesDto> {
  return {
    ...rules,
    exclude_workflow_patterns: [...rules.exclude_workflow_patterns],
    include_workflow_patterns: [...rules.include_workflow_patterns],
    test_words: [...rules.test_words],
    production_words: [...rules.production_words],
    test_tags: [...rules.test_tags],
    production_tags: [...rules.production_tags],
    quiet_hours: rules.quiet_hours.map((stretch): Plain<QuietHoursDto> => ({ ...stretch, days: [...stretch.days] })),
  };
}
