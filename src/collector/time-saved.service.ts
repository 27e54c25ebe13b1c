import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  addDays,
  Clock,
  dayRange,
  decodeCursor,
  invalidFields,
  type LocalDay,
  localDayOf,
  NotFoundError,
  type Page,
  toPage,
} from '../common/index.js';
import { ClientGoneError, ClientLock, type ClientLockState, type LockedManager, raiseDataVersion } from '../database/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import {
  changedStretches,
  daySlices,
  setByHand,
  type Stretch,
  type TimeSavedValue,
  valueInForce,
} from './time-saved-timeline.js';
import { type StoredTimeSaved, TimeSavedRepository, type WorkflowKey } from './time-saved.repository.js';
import { type KnownWorkflow, WorkflowsRepository } from './workflows.repository.js';

export { type StoredTimeSaved } from './time-saved.repository.js';

/** A value to set by hand; `minutes` null: n8n's value applies again. */
export interface HandValue {
  minutes: number | null;
  /** Its first day in the client's zone; `null`: from now on. */
  applyFrom: LocalDay | null;
  author: string;
}

/** What setting a value by hand did. */
export interface TimeSavedChange {
  validFrom: Date;
  /** Values by hand that were valid from then on and are gone. */
  replaced: StoredTimeSaved[];
  /** When successes count another value than before; empty: nothing changed. */
  changed: Stretch[];
  /** Days whose figures are to be computed again. */
  days: LocalDay[];
  /** Days that begin before it cannot be computed again. */
  rawFloor: Date;
  timezone: string;
}

/** The values of a workflow. */
export interface TimeSavedHistory {
  workflow: KnownWorkflow;
  /** What a success counts now; `null`: nothing. */
  current: StoredTimeSaved | null;
  /** What n8n says now. */
  n8nMinutes: number | null;
  /** Newest first. */
  page: Page<StoredTimeSaved>;
}

/** No value can be older than n8n itself; the first value that n8n gives is valid from here. */
const EARLIEST: LocalDay = '1970-01-01';
/** A value may be planned; further ahead it is a slip of the pen. */
const MAX_DAYS_AHEAD = 366;

const position = z.object({ valid_from: z.iso.datetime(), source: z.enum(['n8n', 'manual']) });

/** The time that a success of a workflow saves: what applies when, and setting it by hand. */
@Injectable()
export class TimeSavedService {
  constructor(
    private readonly values: TimeSavedRepository,
    private readonly workflows: WorkflowsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly lock: ClientLock,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError `workflow_not_found`, InvalidInputError `invalid_cursor` */
  async history(clientId: number, workflowId: number, limit: number, cursor?: string): Promise<TimeSavedHistory> {
    const key = { clientId, workflowId };
    const workflow = await this.workflows.byId(clientId, workflowId);
    if (workflow === null) throw workflowNotFound(workflowId);
    const after = cursor === undefined ? null : decodeCursor(cursor, position);
    const behind = after === null ? null : { validFrom: new Date(after.valid_from), source: after.source };
    const rows = await this.values.newestFirst(key, limit + 1, behind);
    const newest = await this.values.newestOfEach(key, this.clock.now());
    return {
      workflow,
      current: valueInForce(newest),
      n8nMinutes: newest.find(({ source }) => source === 'n8n')?.minutes ?? null,
      page: toPage(rows, limit, ({ validFrom, source }) => ({ valid_from: validFrom.toISOString(), source })),
    };
  }

  /**
   * Sets a value by hand. In one transaction under the client's lock the days whose figures it changes become dirty.
   * @throws NotFoundError `client_not_found`, `workflow_not_found`; InvalidInputError `invalid_request`
   */
  async set(clientId: number, workflowId: number, value: HandValue): Promise<TimeSavedChange> {
    try {
      return await this.lock.run(clientId, (manager, state) => this.write(manager, state, { clientId, workflowId }, value));
    } catch (error) {
      if (error instanceof ClientGoneError) throw new NotFoundError('client_not_found', `There is no client ${clientId}.`);
      throw error;
    }
  }

  private async write(
    manager: LockedManager,
    state: ClientLockState,
    key: WorkflowKey,
    { minutes, applyFrom, author }: HandValue,
  ): Promise<TimeSavedChange> {
    const { timezone, rawFloor } = state;
    const now = this.clock.now();
    if (!(await this.workflows.byIds(manager, key.clientId, [key.workflowId])).has(key.workflowId)) {
      throw workflowNotFound(key.workflowId);
    }
    const validFrom = applyFrom === null ? now : startOf(applyFrom, timezone, now);
    const before = await this.values.all(manager, key);
    const { after, replaced, added } = setByHand(before, validFrom, minutes);
    const changed = changedStretches(before, after);
    const isWritten = !isSame(replaced, added);
    if (isWritten) {
      await this.values.replaceFrom(manager, key, validFrom, added === null ? null : { ...added, author, createdAt: now });
      await raiseDataVersion(manager, key.clientId);
    }
    const span = changed.length === 0 ? null : await this.values.storedSpan(manager, key.clientId);
    const slices = span === null ? [] : daySlices(changed, span, { timezone, rawFloor });
    const days = await this.values.daysWithSuccesses(manager, key, slices);
    await this.dirtyDays.markDays(manager, key.clientId, days);
    return { validFrom, replaced, changed, days, rawFloor, timezone };
  }
}

/** @throws InvalidInputError `invalid_request` */
function startOf(day: LocalDay, timezone: string, now: Date): Date {
  const latest = addDays(localDayOf(now, timezone), MAX_DAYS_AHEAD);
  if (day < EARLIEST || day > latest) {
    throw invalidFields([{ field: 'apply_from', message: `must be a date from ${EARLIEST} to ${latest}` }]);
  }
  return dayRange(day, timezone).start;
}

/** Whether what would be removed is what would be stored: then who set it first stays its author. */
function isSame(replaced: readonly StoredTimeSaved[], added: TimeSavedValue | null): boolean {
  const [first, ...others] = replaced;
  if (first === undefined || added === null) return first === undefined && added === null;
  return others.length === 0 && first.minutes === added.minutes && first.validFrom.getTime() === added.validFrom.getTime();
}

function workflowNotFound(workflowId: number): NotFoundError {
  return new NotFoundError('workflow_not_found', `This client has no workflow ${workflowId}.`);
}
