import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type Capabilities, N8nClient, type N8nTarget } from '../n8n-client/index.js';
import { SyncStateRepository } from './sync-state.repository.js';

const DAY_MS = 24 * 60 * 60_000;

/** What each instance can do: asked once, remembered, asked again daily and after a refused request. */
@Injectable()
export class CapabilitiesKeeper {
  constructor(
    private readonly n8n: N8nClient,
    private readonly states: SyncStateRepository,
    private readonly clock: Clock,
  ) {}

  /** The remembered capabilities, or freshly detected ones. */
  async of(target: N8nTarget, signal: AbortSignal): Promise<Capabilities> {
    const state = await this.states.load(target.clientId);
    const now = this.clock.now();
    const age = now.getTime() - (state?.capabilitiesCheckedAt?.getTime() ?? 0);
    if (state?.capabilities != null && state.capabilities.undetermined !== true && age < DAY_MS) return state.capabilities;
    const capabilities = await this.n8n.detectCapabilities(target, signal);
    await this.remember(target.clientId, capabilities);
    return capabilities;
  }

  /** Whoever has just asked the instance saves the next sync from asking again. */
  async remember(clientId: number, capabilities: Capabilities): Promise<void> {
    await this.states.patch(clientId, { capabilities, capabilitiesCheckedAt: this.clock.now() });
  }

  /** Another address, or a refused request that it should understand: ask again next time. */
  async forget(clientId: number): Promise<void> {
    await this.states.patch(clientId, { capabilitiesCheckedAt: null });
  }
}
