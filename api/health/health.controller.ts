import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Client } from '@temporalio/client';
import type { Response } from 'express';
import { ping, type LogClient } from '../../clickhouse/client';
import { PublicRoute } from '../common/caller';
import { LOG_CLIENT } from '../stores/stores.tokens';

/** Probes come every few seconds from several sides: one answer serves them all for a moment, ms. */
const CACHE_MS = 1_000;
const CHECK_MS = 2_000;

interface Readiness {
  readonly temporal: boolean;
  readonly clickhouse: boolean;
}

/** Rejects after the time a probe may take; its timer keeps no process alive. */
async function late(): Promise<never> {
  await sleep(CHECK_MS, undefined, { ref: false });
  throw new Error('no answer in time');
}

@ApiTags('health')
@PublicRoute()
@Controller()
export class HealthController {
  private last: { at: number; result: Promise<Readiness> } | undefined;

  constructor(
    private readonly client: Client,
    @Inject(LOG_CLIENT) private readonly log: LogClient,
  ) {}

  @Get('livez')
  @ApiOperation({ summary: 'The process runs' })
  live(): object {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({
    summary: 'Journeys can be served',
    description: 'Without ClickHouse running journeys go on: ready, but degraded.',
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    if (!this.last || Date.now() - this.last.at > CACHE_MS)
      this.last = { at: Date.now(), result: this.check() };
    const { temporal, clickhouse } = await this.last.result;
    if (!temporal) response.status(503);
    return {
      status: temporal ? (clickhouse ? 'ready' : 'degraded') : 'not ready',
      temporal,
      clickhouse,
    };
  }

  private async check(): Promise<Readiness> {
    const [temporal, clickhouse] = await Promise.allSettled([
      this.client.withDeadline(Date.now() + CHECK_MS, () =>
        this.client.connection.workflowService.getSystemInfo({}),
      ),
      Promise.race([ping(this.log), late()]),
    ]);
    return {
      temporal: temporal.status === 'fulfilled',
      clickhouse: clickhouse.status === 'fulfilled',
    };
  }
}
