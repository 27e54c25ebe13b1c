import { type DynamicModule, Module } from '@nestjs/common';
import { TelemetryModule } from '../common/index.js';
import { N8nClient } from './n8n-client.js';
import { N8N_CLIENT_OPTIONS, type N8nClientOptions } from './n8n-client.options.js';
import { N8nRequestMetrics } from './n8n-request-metrics.js';

/** Makes the one {@link N8nClient} injectable everywhere: budgets and circuits only work when there is one per process. */
@Module({})
export class N8nClientModule {
  static forRoot(options: N8nClientOptions): DynamicModule {
    return {
      module: N8nClientModule,
      global: true,
      imports: [TelemetryModule],
      providers: [
        N8nRequestMetrics,
        {
          provide: N8N_CLIENT_OPTIONS,
          inject: [N8nRequestMetrics],
          useFactory: (metrics: N8nRequestMetrics): N8nClientOptions => ({
            ...options,
            observe: (request) => {
              metrics.observe(request);
            },
          }),
        },
        N8nClient,
      ],
      exports: [N8nClient],
    };
  }
}
