import { type DynamicModule, Module } from '@nestjs/common';
import { N8nClient } from './n8n-client.js';
import { N8N_CLIENT_OPTIONS, type N8nClientOptions } from './n8n-client.options.js';

/** Makes the one {@link N8nClient} injectable everywhere: budgets and circuits only work when there is one per process. */
@Module({})
export class N8nClientModule {
  static forRoot(options: N8nClientOptions): DynamicModule {
    return {
      module: N8nClientModule,
      global: true,
      providers: [{ provide: N8N_CLIENT_OPTIONS, useValue: options }, N8nClient],
      exports: [N8nClient],
    };
  }
}
