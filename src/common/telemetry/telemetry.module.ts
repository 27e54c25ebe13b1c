import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { ClientLabels } from './client-labels.js';

/** The one `Registry` of the application: each room registers its own figures in it, `GET /metrics` shows them all. */
@Module({
  // Not prom-client's global one: a process may hold several applications, one after the other.
  providers: [{ provide: Registry, useFactory: () => new Registry() }, ClientLabels],
  exports: [Registry, ClientLabels],
})
export class TelemetryModule {}
