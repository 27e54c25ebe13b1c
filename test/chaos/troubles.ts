import { type Fault, type Random, type SimulatedInstance } from '../../simulator/index.js';

const lists = ['executions', 'workflows'] as const;
const places = ['executions', 'executions', 'execution', 'workflows', 'workflow', 'anywhere', 'anywhere'] as const;

/** What a busy, restarting or badly proxied n8n answers. */
function anyFault(random: Random): Fault {
  const faults: Fault[] = [
    { kind: 'rate-limit', retryAfter: random.pick([1, 20, 90, 600]) },
    { kind: 'error-500' },
    { kind: 'bad-gateway' },
    { kind: 'html' },
    { kind: 'truncated' },
    { kind: 'reset' },
    { kind: 'slow', ms: 30 },
    { kind: 'answer', status: 503, body: { message: 'n8n is starting up' } },
    { kind: 'answer', status: 200, body: { data: 'none' } },
    { kind: 'answer', status: 401, body: { message: 'Unauthorized' } },
  ];
  return random.pick(faults);
}

/** What is wrong with an instance for a while. */
export class Troubles {
  /** Old pages are shown as if they were new: a sync cannot know what it did not see. */
  lying = false;

  constructor(
    private readonly instance: SimulatedInstance,
    private readonly random: Random,
    private readonly mayLie: boolean,
  ) {}

  /** Something goes wrong from now on: once, some times, or until it is put right. */
  begin(): void {
    const { random } = this;
    const { faults } = this.instance;
    const endpoint = random.pick(places);
    const scope = { ...(endpoint === 'anywhere' ? {} : { endpoint }), after: random.below(7) };
    const luck = random.next();
    // A hang costs real time, so there is one at a time.
    if (luck < 0.06) faults.next({ kind: 'hang' }, scope);
    else if (luck < 0.14 && this.mayLie) this.lie();
    else if (luck < 0.22) faults.next({ kind: 'looping-cursor' }, { endpoint: random.pick(lists), times: 1 + random.below(6) });
    else if (luck < 0.4) faults.next(anyFault(random), { ...scope, times: 1 + random.below(5) });
    else if (luck < 0.75) faults.always(anyFault(random), scope);
    else faults.sometimes(anyFault(random), 0.2 + random.next() * 0.6, scope);
  }

  end(): void {
    this.instance.faults.clear();
    this.lying = false;
  }

  private lie(): void {
    const { random } = this;
    this.lying = true;
    this.instance.faults.next({ kind: 'duplicate-page' }, { endpoint: random.pick(lists), after: 1, times: 1 + random.below(6) });
  }
}
