import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Client, Connection, QueryRejectCondition } from '@temporalio/client';
import type { Config } from '../../src/config';
import { CONFIG } from '../stores/stores.tokens';
import { CommandSender } from './command-sender';
import { DeskGateway } from './desk-gateway';
import { OrganizationReader } from './organization-reader';
import { ProfileReader } from './profile-reader';
import { ProfileStarter } from './profile-starter';

const CONNECTION = Symbol('TEMPORAL_CONNECTION');

/** One lazy connection: the API starts, and says so in /readyz, while Temporal is not there yet. */
@Global()
@Module({
  providers: [
    {
      provide: CONNECTION,
      inject: [CONFIG],
      useFactory: (config: Config) => Connection.lazy({ address: config.temporal.address }),
    },
    {
      provide: Client,
      inject: [CONNECTION, CONFIG],
      useFactory: (connection: Connection, config: Config) =>
        new Client({
          connection,
          namespace: config.temporal.namespace,
          identity: 'video-kyc-api',
          // A run that was stopped from outside would answer how it stood then, as if it stood so now.
          workflow: { queryRejectCondition: QueryRejectCondition.NOT_COMPLETED_CLEANLY },
        }),
    },
    CommandSender,
    DeskGateway,
    OrganizationReader,
    ProfileReader,
    ProfileStarter,
  ],
  exports: [Client, CommandSender, DeskGateway, OrganizationReader, ProfileReader, ProfileStarter],
})
export class TemporalModule implements OnApplicationShutdown {
  constructor(@Inject(CONNECTION) private readonly connection: Connection) {}

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
