import { type DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/index.js';
import { AggregatorModule } from './aggregator/index.js';
import { AuthModule } from './auth/index.js';
import { CacheModule } from './cache/index.js';
import { ClientsModule } from './clients/index.js';
import { CollectorModule } from './collector/index.js';
import { ClockModule, HttpModule, SERVICE_VERSION } from './common/index.js';
import { type AppConfig, ConfigModule } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { HealthModule } from './health/index.js';
import { JobsModule } from './jobs/index.js';
import { MetricsModule } from './metrics/index.js';
import { N8nClientModule } from './n8n-client/index.js';
import { ProductionFilterModule } from './production-filter/index.js';
import { RetentionModule } from './retention/index.js';
import { SchedulerModule } from './scheduler/index.js';

/** The whole service. Every role loads the same modules; what a role does not do, its parts leave off by `config.role`. */
@Module({})
export class AppModule {
  /** @param databaseUrl of a database whose schema is up to date */
  static register(config: AppConfig, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(databaseUrl),
        ClockModule,
        HttpModule,
        AuthModule,
        ClientsModule,
        N8nClientModule.forRoot({ userAgentVersion: SERVICE_VERSION, allowPrivateNetworks: config.n8nAllowPrivateNetworks }),
        ProductionFilterModule.forRoot(config.ruleDefaults),
        CollectorModule,
        AggregatorModule,
        RetentionModule,
        CacheModule,
        JobsModule,
        MetricsModule,
        SchedulerModule,
        AdminModule,
        HealthModule,
      ],
    };
  }
}
