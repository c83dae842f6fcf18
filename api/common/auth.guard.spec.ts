import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuthGuard } from './auth.guard';
import { Authenticator } from './authenticator';
import { AllowedCallers, FromCaller, PublicRoute, type Caller, type CallerKind } from './caller';
import { Problem } from './problem';
import { ProblemFilter } from './problem.filter';

@Controller()
class Doors {
  @Get('forgotten')
  forgotten(): string {
    return 'open';
  }

  @Get('public')
  @PublicRoute()
  everybody(): string {
    return 'open';
  }

  @Get('agents')
  @AllowedCallers('AGENT')
  agents(@FromCaller() caller: Caller): string {
    return caller.kind;
  }
}

/** Takes the kind of caller as the credential. */
const authenticator = {
  authenticate: (header = ''): Promise<Caller> => {
    const kind = header.replace('Bearer ', '') as Exclude<CallerKind, 'PEER'> | '';
    if (kind === '') return Promise.reject(new Problem('CREDENTIAL_MISSING', 'none'));
    return Promise.resolve({ kind, ouid: 'bank', actor: { type: kind, id: 'x' } });
  },
};

@Module({ controllers: [Doors], providers: [{ provide: Authenticator, useValue: authenticator }] })
class DoorsModule {}

let app: NestExpressApplication;
let url: string;
beforeAll(async () => {
  app = await NestFactory.create<NestExpressApplication>(DoorsModule, { logger: false });
  app.useGlobalGuards(new AuthGuard(app.get(Reflector), app.get(Authenticator)));
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

async function statusOf(path: string, kind?: CallerKind): Promise<number> {
  const headers = kind === undefined ? {} : { authorization: `Bearer ${kind}` };
  const response = await fetch(`${url}/${path}`, { headers });
  await response.text();
  return response.status;
}

it('closes a route that says nothing, for everybody', async () => {
  const kinds = ['CLIENT', 'CUSTOMER', 'AGENT', 'REVIEWER'] as const;
  await expect(Promise.all(kinds.map((kind) => statusOf('forgotten', kind)))).resolves.toEqual([
    403, 403, 403, 403,
  ]);
  await expect(statusOf('forgotten')).resolves.toBe(401);
});

it('opens a route to those it names', async () => {
  await expect(statusOf('agents', 'AGENT')).resolves.toBe(200);
  await expect(statusOf('agents', 'REVIEWER')).resolves.toBe(403);
  await expect(statusOf('agents')).resolves.toBe(401);
});

it('asks nobody at a public route', async () => {
  await expect(statusOf('public')).resolves.toBe(200);
});
