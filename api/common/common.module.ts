import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AuthGuard } from './auth.guard';
import { Authenticator } from './authenticator';
import { ProblemFilter } from './problem.filter';
import { Remarks } from './remarks';
import { Uploads } from './uploads';
import { createValidationPipe } from './validation';

/** What every route goes through. */
@Global()
@Module({
  providers: [
    Authenticator,
    Remarks,
    Uploads,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
  exports: [Remarks, Uploads],
})
export class CommonModule {}
