import { Injectable, Logger } from '@nestjs/common';
import { AppCache } from '../cache/index.js';
import { ClientLock, raiseDataVersion } from '../database/index.js';

/** Gives kept answers up before their time. */
@Injectable()
export class CacheRefresher {
  private readonly logger = new Logger(CacheRefresher.name);

  constructor(
    private readonly cache: AppCache,
    private readonly lock: ClientLock,
  ) {}

  /**
   * From now on nothing is served that was kept about the client, on every replica: its answers are kept by the version of its
   * data, which is raised. What nobody finds any more is forgotten in its time.
   * @throws ClientGoneError when the client was deleted
   */
  async drop(clientId: number): Promise<void> {
    await this.lock.run(clientId, (manager) => raiseDataVersion(manager, clientId));
  }

  /**
   * Frees what this process and Redis keep, about whomever.
   * @returns false when Redis cannot be reached; nobody is served anything old for that
   */
  async clear(): Promise<boolean> {
    try {
      await this.cache.clear();
      return true;
    } catch (error) {
      this.logger.warn({ msg: 'the cache could not be cleared', err: error });
      return false;
    }
  }
}
