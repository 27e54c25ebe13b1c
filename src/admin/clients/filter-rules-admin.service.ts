import { Injectable } from '@nestjs/common';
import { AuditService } from '../../auth/index.js';
import { type Client } from '../../clients/index.js';
import { type RulePreview, RulePreviewService } from '../../collector/index.js';
import { addDays, Clock, invalidFields, type LocalDay, localDayOf } from '../../common/index.js';
import { JobsService } from '../../jobs/index.js';
import { FilterRulesService, type RuleSet, type StoredRuleSet } from '../../production-filter/index.js';
import { JOB } from '../../scheduler/index.js';
import { rangeErrors } from '../jobs/aggregation-range.js';

/** Rules as stored, and the job that applies them to what is stored. */
export interface AppliedRules {
  stored: StoredRuleSet;
  jobId: string;
}

const DEFAULT_DAYS = 30;

/** What an administrator does with the rules of a client: storing them, and trying them before. */
@Injectable()
export class FilterRulesAdminService {
  constructor(
    private readonly rules: FilterRulesService,
    private readonly previews: RulePreviewService,
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInputError `invalid_filter_rules`, NotFoundError `client_not_found` */
  async put(clientId: number, json: unknown, actor: string): Promise<AppliedRules> {
    const stored = await this.rules.put(clientId, json, actor);
    const { jobId } = await this.jobs.enqueue({ name: JOB.applyConfiguration, clientId });
    const { version, rules } = stored;
    await this.audit.record(actor, 'filter-rules.put', `client:${clientId}`, { version, rules, job_id: jobId });
    return { stored, jobId };
  }

  /**
   * Changes nothing.
   * @throws InvalidInputError `invalid_filter_rules`, `invalid_request`
   */
  async preview(
    client: Client,
    json: unknown,
    { start, end }: { start: LocalDay | undefined; end: LocalDay | undefined },
  ): Promise<{ candidate: RuleSet; preview: RulePreview }> {
    const candidate = this.rules.parse(json);
    const now = this.clock.now();
    const endDate = end ?? localDayOf(now, client.timezone);
    const startDate = start ?? addDays(endDate, 1 - DEFAULT_DAYS);
    const errors = rangeErrors(startDate, endDate, now.toISOString().slice(0, 10));
    if (errors.length > 0) throw invalidFields(errors);
    return { candidate, preview: await this.previews.preview(client, candidate, { startDate, endDate }) };
  }
}
