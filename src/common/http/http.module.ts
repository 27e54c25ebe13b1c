import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ProblemFilter } from './problem.filter.js';
import { UndeclaredInputInterceptor } from './undeclared-input.interceptor.js';
import { createValidationPipe } from './validation.pipe.js';

/** What every operation goes through: input checks and one shape for all errors. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: UndeclaredInputInterceptor },
  ],
})
export class HttpModule {}
