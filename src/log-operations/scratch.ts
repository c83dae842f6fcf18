import { randomBytes } from 'node:crypto';
import { createLogClient, insertInto, type LogClient } from '../../clickhouse/client';
import { LogWriter } from '../../clickhouse/log-writer';
import { accessStatements, type Operated, usersOf } from '../../clickhouse/operations-sql';
import type { Config } from '../config';
import { BLANK_COLUMNS, type LogRow } from '../domain/log-row';

/** A server's administrator, as the process is configured to reach it. */
export type Admin = Config['clickhouse'];

/** A database and three users that are made to be tried, and taken away again. */
export class Scratch {
  readonly operated: Operated & { readonly users: string };
  private readonly password = randomBytes(24).toString('hex');
  private readonly clients: LogClient[] = [];
  private hasUsers = false;
  private readonly admin: LogClient;

  constructor(private readonly server: Admin) {
    const name = `vkyc_verify_${randomBytes(4).toString('hex')}`;
    this.operated = { database: name, cluster: server.cluster, users: name };
    this.admin = this.client(server.user, server.password, 'default');
  }

  as(user: keyof ReturnType<typeof usersOf>, rowPolicy = false): LogClient {
    const { database } = this.operated;
    return this.client(usersOf(this.operated)[user], this.password, database, rowPolicy);
  }

  get migrator(): Admin {
    const { database } = this.operated;
    const { migrate: user } = usersOf(this.operated);
    return { ...this.server, user, password: this.password, database, rowPolicy: false };
  }

  async run(statements: readonly string[], by = this.admin): Promise<void> {
    for (const query of statements) {
      await by.command({ query, clickhouse_settings: { wait_end_of_query: 1 } });
    }
  }

  async makeUsers(): Promise<void> {
    const [first = '', ...others] = accessStatements(this.operated);
    await this.run([first]);
    this.hasUsers = true;
    await this.run(others);
    await this.run(
      Object.values(usersOf(this.operated)).map(
        (user) => `ALTER USER ${user}${this.on} IDENTIFIED BY '${this.password}'`,
      ),
    );
  }

  /** One event of each of two organizations, written as a worker writes. */
  async writeEvents(ouids: readonly string[]): Promise<void> {
    const writer = new LogWriter({ insert: insertInto(this.as('worker')) });
    try {
      await writer.write(ouids.map(eventOf));
    } finally {
      await writer.close();
    }
  }

  async remove(): Promise<void> {
    const { database } = this.operated;
    const users = Object.values(usersOf(this.operated)).join(', ');
    try {
      await this.run([
        `DROP DATABASE IF EXISTS ${database}_restored${this.on}`,
        `DROP DATABASE IF EXISTS ${database}${this.on}`,
        // Who may not make users may not drop them either.
        ...(this.hasUsers ? [...this.policies(), `DROP USER IF EXISTS ${users}${this.on}`] : []),
      ]);
    } finally {
      await Promise.all(this.clients.map((client) => client.close()));
    }
  }

  /** They would outlive their tables. */
  private policies(): string[] {
    return accessStatements(this.operated).flatMap((statement) => {
      const [, policy, table] =
        /^CREATE ROW POLICY IF NOT EXISTS (\w+).* ON ([\w.]+)\n/.exec(statement) ?? [];
      return policy === undefined
        ? []
        : [`DROP ROW POLICY IF EXISTS ${policy} ON ${table}${this.on}`];
    });
  }

  private get on(): string {
    return this.server.cluster === '' ? '' : ` ON CLUSTER ${this.server.cluster}`;
  }

  private client(user: string, password: string, database: string, rowPolicy = false): LogClient {
    const { url } = this.server;
    const client = createLogClient({ url, user, password, database, rowPolicy });
    this.clients.push(client);
    return client;
  }
}

function eventOf(ouid: string): LogRow {
  return {
    ...BLANK_COLUMNS,
    ouid,
    stream: 'profile',
    streamId: 'p',
    profileId: 'p',
    seq: 1,
    eventType: 'profile.created',
    occurredAt: new Date().toISOString(),
    profileStatus: 'CAPTURE_PENDING',
    actorType: 'SYSTEM',
    actorId: 'system',
    createdAt: new Date().toISOString(),
    statusSince: new Date().toISOString(),
    details: {},
  };
}
