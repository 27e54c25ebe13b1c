import { type AppConfig } from '../../config/index.js';

/** Whether answers that are computed ahead here are found later: in this process, or in the Redis that all share. */
export function answersInReach({ role, redisUrl }: Pick<AppConfig, 'role' | 'redisUrl'>): boolean {
  return role !== 'worker' || redisUrl !== null;
}
