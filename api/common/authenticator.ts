import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../src/config';
import { parseApiKey, verifyApiKey } from '../../src/tokens/api-key';
import { TokenError } from '../../src/tokens/token-error';
import { Tokens } from '../../src/tokens/tokens';
import { CONFIG } from '../stores/stores.tokens';
import { OrganizationReader } from '../temporal/organization-reader';
import type { Caller } from './caller';
import { Problem } from './problem';

/** Turns a credential into a caller. One sentence for all failures of a kind: nothing to probe with. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly organizations: OrganizationReader,
    private readonly tokens: Tokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async authenticate(header: string | undefined): Promise<Caller> {
    const [, credential] = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(header ?? '') ?? [];
    if (credential === undefined) {
      throw new Problem('CREDENTIAL_MISSING', 'send a credential as "Authorization: Bearer …"');
    }
    return parseApiKey(credential) ? this.client(credential) : this.person(credential);
  }

  private async client(key: string): Promise<Caller> {
    const ouid = parseApiKey(key)?.ouid ?? '';
    const settings = await this.organizations.find(ouid);
    const record = verifyApiKey(key, settings?.apiKeys ?? []);
    if (!record) throw invalid();
    return { kind: 'CLIENT', ouid, actor: { type: 'CLIENT', id: record.keyId } };
  }

  private async person(token: string): Promise<Caller> {
    const now = new Date();
    const customer = await this.tryVerify('capture-session', token, now);
    if (customer) {
      const { ouid, profileId, captureSessionId } = customer;
      return {
        kind: 'CUSTOMER',
        ouid,
        profileId,
        captureSessionId,
        actor: { type: 'CUSTOMER', id: profileId },
      };
    }
    const peer = await this.tryVerify('local-video', token, now);
    if (peer) {
      const type = peer.role === 'agent' ? 'AGENT' : 'CUSTOMER';
      return { kind: 'PEER', ouid: peer.ouid, peer, actor: { type, id: peer.userId } };
    }
    // The built-in issuer exists in development only; real issuers are not built yet.
    const staff =
      this.config.environment === 'development'
        ? await this.tryVerify('development-staff', token, now)
        : undefined;
    if (!staff) throw invalid();
    const { ouid, sub, role } = staff;
    const settings = await this.organizations.find(ouid);
    const members = {
      AGENT: settings?.agents.map((agent) => agent.agentId),
      REVIEWER: settings?.reviewers,
      SUPERVISOR: settings?.supervisors,
    };
    if (!members[role]?.includes(sub)) throw invalid();
    return { kind: role, ouid, actor: { type: role, id: sub } };
  }

  /** Undefined when the token is not of this purpose; an expired one says so. */
  private async tryVerify<P extends 'capture-session' | 'local-video' | 'development-staff'>(
    purpose: P,
    token: string,
    now: Date,
  ) {
    try {
      return await this.tokens.verify(purpose, token, now);
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      if (error.code === 'EXPIRED')
        throw new Problem('CREDENTIAL_EXPIRED', 'the credential has expired');
      return undefined;
    }
  }
}

function invalid(): Problem {
  return new Problem('CREDENTIAL_INVALID', 'the credential is not valid');
}
