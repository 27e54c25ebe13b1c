import { isSaved } from '../database/life.js';
import { likelyFailures } from '../database/failures.js';
import { triggerOf, type Workflow } from '../database/workflow.js';
import { Random } from '../random.js';
import { type SimulatedInstance } from '../simulated-instance.js';
import { type Mode, type Outcome } from '../vocabulary.js';
import { addCatalogWorkflows } from './add-workflows.js';
import { catalog } from './catalog.js';
import { workdayTimes } from './workday.js';

export interface HistoryOptions {
  /** Executions in all; the other way to say it is `perDay`. Default 300 a day. */
  count?: number;
  perDay?: number;
  /** Default 60. */
  days?: number;
  seed?: number | string;
  /** Default the instance's now. What would end later is still running or waiting. */
  until?: Date | number;
  /** Added only to an instance that has none. Default the whole catalog, 14. */
  workflows?: number;
  /** Default 0.92. */
  successRate?: number;
}

interface Profile {
  workflow: Workflow;
  mode: Mode;
  medianMs: number;
  waits: boolean;
  failures: number[];
  upTo: number;
}

/** Something that must happen at the first chance after `at`. */
interface FollowUp {
  at: number;
  profile: Profile;
  mode: Mode;
  retryOf: number;
}

interface Planned {
  profile: Profile;
  mode: Mode;
  retryOf: number;
  outcome: Exclude<Outcome, 'never'>;
  createdAt: number;
  queued: boolean;
}

const day = 86_400_000;
const maxDurationMs = 900_000;

/** Writes a plausible past: office hours, failures, retries, error workflows, waits. Same seed, same rows. */
export function generateHistory(instance: SimulatedInstance, options: HistoryOptions = {}): void {
  const days = options.days ?? 60;
  const until = options.until === undefined ? instance.clock.now() : Number(options.until);
  const count = options.count ?? Math.round((options.perDay ?? 300) * days);
  const random = new Random(options.seed ?? `history of ${instance.name}`);
  if (instance.database.workflows.list().length === 0) {
    addCatalogWorkflows(instance, options.workflows ?? catalog.length, random, until - (days + 30) * day);
  }
  const writer = new HistoryWriter(instance, random, until, options.successRate ?? 0.92);
  for (const at of workdayTimes(count, days, until, random)) writer.write(at);
  instance.settle();
}

class HistoryWriter {
  private readonly profiles: Profile[];
  private readonly totalWeight: number;
  private readonly followUps: FollowUp[] = [];

  constructor(
    private readonly instance: SimulatedInstance,
    private readonly random: Random,
    private readonly until: number,
    private readonly successRate: number,
  ) {
    let upTo = 0;
    this.profiles = instance.database.workflows.list().map((workflow) => {
      upTo += weightOf(workflow);
      return profileOf(workflow, upTo);
    });
    this.totalWeight = upTo;
  }

  write(createdAt: number): void {
    const due = this.followUps.findIndex((followUp) => followUp.at <= createdAt);
    const followUp = due === -1 ? undefined : this.followUps.splice(due, 1)[0];
    const profile = followUp?.profile ?? this.anyProfile();
    const mode = followUp?.mode ?? (this.random.chance(0.03) ? 'manual' : profile.mode);
    const outcome = this.outcome(followUp === undefined ? this.successRate : 0.8);
    const queued = outcome === 'canceled' && this.random.chance(0.1);
    const id = this.append({ profile, mode, retryOf: followUp?.retryOf ?? 0, outcome, createdAt, queued });
    if (outcome === 'error' && followUp === undefined && mode !== 'manual') this.react(profile, id, createdAt);
  }

  /** n8n starts the error workflow at once; a person retries some failures later that day. */
  private react(profile: Profile, failedId: number, at: number): void {
    const { errorWorkflow } = profile.workflow.settings;
    const handler = this.profiles.find(({ workflow }) => workflow.id === errorWorkflow);
    if (handler !== undefined) this.followUps.push({ at, profile: handler, mode: 'error', retryOf: 0 });
    if (!this.random.chance(0.3) || !this.instance.database.executions.isLive(failedId)) return;
    this.followUps.push({ at: at + this.random.below(4 * 3_600_000), profile, mode: 'retry', retryOf: failedId });
  }

  private append({ profile, mode, retryOf, outcome, createdAt, queued }: Planned): number {
    const { executions, plans } = this.instance.database;
    const startedAt = createdAt + 2 + this.random.below(20);
    const durationMs = Math.max(1, Math.min(maxDurationMs, Math.round(this.random.logNormal(profile.medianMs, 0.8))));
    const waitMs = profile.waits && this.random.chance(0.8) ? 3_600_000 + this.random.below(2 * day) : 0;
    const stoppedAt = startedAt + durationMs + waitMs;
    const ended = stoppedAt <= this.until;
    const id = executions.append({
      workflow: profile.workflow.index,
      status: ended ? outcome : 'new',
      mode,
      createdAt,
      startedAt: queued || !ended ? Number.NaN : this.shownStart(startedAt, stoppedAt - durationMs, waitMs),
      stoppedAt: ended ? stoppedAt : Number.NaN,
      waitTill: Number.NaN,
      retryOf,
      retrySuccessId: 0,
      failure: outcome === 'error' ? this.random.pick(profile.failures) : 0,
    });
    if (!ended) {
      const waitTill = waitMs === 0 ? Number.NaN : startedAt + waitMs;
      const legMs = waitMs === 0 ? durationMs : Math.min(durationMs, 500);
      plans.set(id, { id, due: startedAt, step: 'begin', durationMs: legMs, outcome, waitTill, lastLegMs: durationMs });
    } else if (!isSaved(profile.workflow, mode, outcome)) executions.remove(id, 'unsaved', stoppedAt);
    else if (retryOf !== 0 && outcome === 'success') executions.change(retryOf, { retrySuccessId: id });
    return id;
  }

  private shownStart(startedAt: number, resumedAt: number, waitMs: number): number {
    return waitMs > 0 && this.instance.dialect.startedAtRewrittenOnResume ? resumedAt : startedAt;
  }

  private outcome(successRate: number): Planned['outcome'] {
    if (this.random.chance(successRate)) return 'success';
    const kind = this.random.next();
    if (kind < 0.78) return 'error';
    return kind < 0.91 ? 'canceled' : 'crashed';
  }

  private anyProfile(): Profile {
    const at = this.random.next() * this.totalWeight;
    const found = this.profiles.find(({ upTo }) => at < upTo) ?? this.profiles[0];
    if (found === undefined) throw new Error('no workflows to write a history for');
    return found;
  }
}

function entryOf({ name }: Workflow): (typeof catalog)[number] | undefined {
  return catalog.find((entry) => name === entry.name || name.startsWith(`${entry.name} `));
}

function weightOf(workflow: Workflow): number {
  return entryOf(workflow)?.weight ?? 5;
}

const modeOfTrigger: Readonly<Record<string, Mode>> = {
  'n8n-nodes-base.scheduleTrigger': 'trigger',
  'n8n-nodes-base.executeWorkflowTrigger': 'integrated',
  'n8n-nodes-base.errorTrigger': 'error',
  'n8n-nodes-base.manualTrigger': 'manual',
};

function profileOf(workflow: Workflow, upTo: number): Profile {
  const entry = entryOf(workflow);
  return {
    workflow,
    mode: modeOfTrigger[triggerOf(workflow)?.type ?? ''] ?? 'webhook',
    medianMs: entry?.medianMs ?? 1500,
    waits: entry?.waits ?? false,
    failures: likelyFailures(workflow),
    upTo,
  };
}
