import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { AppCache } from '../../cache/index.js';
import { SERVICE_VERSION } from '../../common/index.js';
import { APP_CONFIG, type AppConfig } from '../../config/index.js';
import { MonitoringReadModel } from './monitoring.read-model.js';

/** Figures of this process that are read when somebody asks: build, Node.js, pool and cache. */
@Injectable()
export class ProcessGauges {
  constructor(
    registry: Registry,
    @Inject(APP_CONFIG) config: Pick<AppConfig, 'role'>,
    monitoring: MonitoringReadModel,
    cache: AppCache,
  ) {
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    new Gauge({
      name: 'flowmastery_build_info',
      help: 'Always 1; its labels tell version and role.',
      labelNames: ['version', 'role'],
      registers,
    }).set({ version: SERVICE_VERSION, role: config.role }, 1);
    poolGauges(registers, monitoring);
    cacheFigures(registers, cache);
  }
}

function poolGauges(registers: Registry[], monitoring: MonitoringReadModel): void {
  new Gauge({
    name: 'flowmastery_database_pool_connections',
    help: 'Open connections of the pool of this process, by state: idle or busy. Those of the job queue are not among them.',
    labelNames: ['state'],
    registers,
    collect() {
      const { open, idle } = monitoring.pool();
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'busy' }, open - idle);
    },
  });
  new Gauge({
    name: 'flowmastery_database_pool_max_connections',
    help: 'Connections that the pool of this process may open: DATABASE_POOL_SIZE.',
    registers,
    collect() {
      this.set(monitoring.pool().max);
    },
  });
  new Gauge({
    name: 'flowmastery_database_pool_waiting',
    help: 'Queries that wait for a connection of the pool.',
    registers,
    collect() {
      this.set(monitoring.pool().waiting);
    },
  });
}

/** The cache counts itself; a counter that is shown begins anew from its figures each time. */
function cacheFigures(registers: Registry[], cache: AppCache): void {
  new Counter({
    name: 'flowmastery_cache_requests_total',
    help: 'Answers that were looked for in the cache, by result: hit or miss.',
    labelNames: ['result'],
    registers,
    collect() {
      const { hits, misses } = cache.stats();
      this.reset();
      this.inc({ result: 'hit' }, hits);
      this.inc({ result: 'miss' }, misses);
    },
  });
  new Counter({
    name: 'flowmastery_cache_errors_total',
    help: 'Reads and writes that the store of the cache refused.',
    registers,
    collect() {
      this.reset();
      this.inc(cache.stats().errors);
    },
  });
  new Gauge({
    name: 'flowmastery_cache_up',
    help: '1 while the store of the cache answers, else 0: answers are then computed anew.',
    registers,
    collect() {
      this.set(cache.status().up ? 1 : 0);
    },
  });
}
