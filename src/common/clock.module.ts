import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';

/** Makes the machine's clock injectable everywhere; a test overrides `Clock`. */
@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
export class ClockModule {}
