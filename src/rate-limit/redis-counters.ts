import { Logger } from '@nestjs/common';
import { RedisConnection } from '../cache/index.js';
import { type Count, type Counters } from './counters.js';
import { MemoryCounters } from './memory-counters.js';

/** Not below `fm:`, which is what clearing the cache removes. */
const PREFIX = 'fm-rate:';

/** A request must not wait longer than this for being counted. */
const COMMAND_MS = 150;

/** One round trip; a key that lost its end (written by hand) gets one. */
const SCRIPT = `
local count = redis.call('INCR', KEYS[1])
local ttl = redis.call('PTTL', KEYS[1])
if ttl < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  ttl = tonumber(ARGV[1])
end
return {count, ttl}`;

/** Counts in Redis, so that replicas share the limits; in memory while Redis does not answer: no request fails for it. */
export class RedisCounters implements Counters {
  private readonly logger = new Logger(RedisCounters.name);
  private readonly connection: RedisConnection;
  private readonly memory = new MemoryCounters();
  private away = false;

  constructor(url: string) {
    this.connection = new RedisConnection(url, { commandMs: COMMAND_MS });
  }

  async hit(key: string, windowMs: number): Promise<Count> {
    try {
      const [count, ttlMs] = await this.connection.run(async ({ client }) => {
        const answer = await client.eval(SCRIPT, { keys: [PREFIX + key], arguments: [String(windowMs)] });
        return answer as [number, number];
      });
      this.away = false;
      return { count, ttlMs };
    } catch (error) {
      this.noteAway(error);
      return this.memory.hit(key, windowMs);
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  /** One line per outage, not per request. */
  private noteAway(error: unknown): void {
    if (this.away) return;
    this.away = true;
    const message = error instanceof Error ? error.message : String(error);
    this.logger.warn(`Redis does not count requests, every process counts its own: ${message}`);
  }
}
