import { Inject, Injectable } from '@nestjs/common';
import { type Client } from '../clients/index.js';
import { Clock, dayRange, type LocalDay, localDayOf } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type CompiledRules, compileRules, type RuleSet, verdictDependsOn } from '../production-filter/index.js';
import { collectionFloor } from './collection-floor.js';
import { type Cuts, cutsOf, judgeGroup } from './execution-group.js';
import { type Stretch } from './execution-groups.read-model.js';
import { directionOf, effectOf, type JudgedGroup, type RuleEffect } from './rule-effect.js';
import { type MovedExecution, RulePreviewReadModel, type StoredMoment } from './rule-preview.read-model.js';
import { RulesCache } from './rules-cache.js';

/** Both ends inclusive, days of the client's zone. */
export interface PreviewRange {
  startDate: LocalDay;
  endDate: LocalDay;
}

/** What candidate rules would do to the stored executions of a range of days. */
export interface RulePreview {
  effect: RuleEffect;
  /** Newest first. */
  samples: { in: MovedExecution[]; out: MovedExecution[] };
  range: PreviewRange;
  /** The first day whose executions are kept: earlier days of the range cannot be previewed. */
  rawCoversFrom: LocalDay;
  /** Version of the rules in force, and whether every stored verdict was made by them and by the names of now. */
  currentVersion: number;
  verdictsCurrent: boolean;
}

interface Slice {
  stretch: Stretch;
  cuts: Cuts;
  judged: JudgedGroup[];
}

const SAMPLES = 20;
const FIRST_WINDOW_MS = 3_600_000;
/** Time of one query when the rules look at the time of day: each minute of it costs a look at the clock. */
const SLICE_MS = 14 * 86_400_000;

/** Tries rules on stored executions; reads only. Groups are judged, not rows, as when rules are applied. */
@Injectable()
export class RulePreviewService {
  constructor(
    private readonly readModel: RulePreviewReadModel,
    private readonly rules: RulesCache,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'rawRetentionDays'>,
  ) {}

  /**
   * Everything in one moment of the client's data.
   * @param candidate as `FilterRulesService.parse` returns it
   */
  async preview(client: Pick<Client, 'id' | 'timezone'>, candidate: RuleSet, range: PreviewRange): Promise<RulePreview> {
    const { id: clientId, timezone } = client;
    const compiled = compileRules(candidate, timezone);
    return this.readModel.moment(clientId, async (moment) => {
      const { state } = moment;
      const floor = collectionFloor(this.clock.now(), this.config.rawRetentionDays, state.rawFloor, timezone);
      const slices: Slice[] = [];
      for (const stretch of stretchesOf(clientId, timezone, range, floor, compiled)) {
        const cuts = cutsOf(compiled, stretch.from, stretch.to);
        const groups = await moment.groups(stretch, cuts);
        slices.push({ stretch, cuts, judged: groups.map((group) => ({ group, verdict: judgeGroup(group, compiled) })) });
      }
      return {
        effect: effectOf(slices.flatMap(({ judged }) => judged)),
        samples: { in: await samples(moment, slices, 'in'), out: await samples(moment, slices, 'out') },
        range,
        rawCoversFrom: localDayOf(floor, timezone),
        currentVersion: state.ruleVersion,
        verdictsCurrent: state.appliedStamp === this.rules.stampOf(state) && state.markedWorkflows === 0,
      };
    });
  }
}

/** The range from the floor on, newest first; in one piece when the clock does not matter. */
function stretchesOf(
  clientId: number,
  zone: string,
  { startDate, endDate }: PreviewRange,
  floor: Date,
  { rules }: CompiledRules,
): Stretch[] {
  const begin = Math.max(dayRange(startDate, zone).start.getTime(), floor.getTime());
  const step = verdictDependsOn(rules).startedAt ? SLICE_MS : Infinity;
  const stretches: Stretch[] = [];
  for (let to = dayRange(endDate, zone).end.getTime(); to > begin; to -= step) {
    stretches.push({ clientId, from: new Date(Math.max(begin, to - step)), to: new Date(to), workflowIds: null });
  }
  return stretches;
}

/** The newest executions that would move. */
async function samples(moment: StoredMoment, slices: readonly Slice[], direction: 'in' | 'out'): Promise<MovedExecution[]> {
  const found: MovedExecution[] = [];
  for (const slice of slices) {
    const moving = slice.judged.filter((one) => directionOf(one) === direction);
    for (const stretch of windowsOf(slice.stretch, moving)) {
      if (found.length >= SAMPLES) return found;
      found.push(...(await moment.samples(stretch, slice.cuts, moving, SAMPLES - found.length)));
    }
  }
  return found;
}

/** Growing windows back from the newest start to the oldest: where many would move, a look at the last hour finds enough of them. */
function windowsOf(stretch: Stretch, moving: readonly JudgedGroup[]): Stretch[] {
  const oldest = moving.reduce((ms, { group }) => Math.min(ms, group.firstStart.getTime()), Infinity);
  const windows: Stretch[] = [];
  let to = moving.reduce((ms, { group }) => Math.max(ms, group.lastStart.getTime() + 1), -Infinity);
  for (let length = FIRST_WINDOW_MS; to > oldest; length *= 16) {
    const from = Math.max(oldest, to - length);
    windows.push({ ...stretch, from: new Date(from), to: new Date(to) });
    to = from;
  }
  return windows;
}
