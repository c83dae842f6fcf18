import { Inject, Injectable } from '@nestjs/common';
import { ProfilesRepository, type ProfileRecord } from '../../clickhouse/profiles.repository';
import { ProfileVault } from '../../src/blobs/profile-vault';
import { detailProblems } from '../../src/details/profile-details';
import { referenceProblem, type ReferenceProblem } from '../../src/details/reference';
import type { Policy } from '../../src/domain/policy';
import { fittingQueues } from '../../src/domain/profile/queue-choice';
import type { ProfileState } from '../../src/domain/profile/state';
import { uuidV5 } from '../../src/ids';
import { bodyHash } from '../../src/tokens/command-hash';
import type { Caller } from '../common/caller';
import { fieldProblem, Problem } from '../common/problem';
import { BODY_HASH_KEY } from '../stores/stores.tokens';
import { OrganizationReader } from '../temporal/organization-reader';
import { ProfileReader } from '../temporal/profile-reader';
import { ProfileStarter } from '../temporal/profile-starter';
import type { CreateProfileDto } from './profile.dto';

/** Minted once; never changed: every ProfileID derives from it. */
const PROFILE_NAMESPACE = '0b1a7c3e-5d2f-4e86-9f14-7a6c0d9e2b51';

const REFERENCE_PROBLEMS: Readonly<Record<ReferenceProblem, string>> = {
  PAN: 'must not be or contain a PAN: it stands in clear everywhere',
  AADHAAR_NUMBER: 'must not contain an Aadhaar number',
  EMAIL: 'must not be an e-mail address: it stands in clear everywhere',
  PATTERN: 'must be letters, digits, ".", "_", ":" or "-", beginning with a letter or digit',
};

/** One case for one (OUID, ExtReferenceID), for ever: the same pair always names the same ProfileID. */
export function profileIdOf(ouid: string, extReferenceId: string): string {
  return uuidV5(JSON.stringify([ouid, extReferenceId]), PROFILE_NAMESPACE);
}

/** As its workflow has it; as the log has it when Temporal has forgotten the run. */
export type StartedCase =
  | { readonly state: ProfileState; readonly created: boolean }
  | { readonly record: ProfileRecord; readonly created: false };

@Injectable()
export class ProfileCreation {
  constructor(
    private readonly log: ProfilesRepository,
    private readonly vault: ProfileVault,
    private readonly starter: ProfileStarter,
    private readonly profiles: ProfileReader,
    private readonly organizations: OrganizationReader,
    @Inject(BODY_HASH_KEY) private readonly hashKey: Uint8Array,
  ) {}

  /** Starts the case, or finds the one that this same request started before. */
  async create(caller: Caller, body: CreateProfileDto): Promise<StartedCase> {
    const { ouid } = caller;
    const { extReferenceId } = body;
    checkBody(body);
    const profileId = profileIdOf(ouid, extReferenceId);
    const hash = bodyHash(this.hashKey, body);
    const { version, policy } = await this.organizations.get(ouid);
    requireQueue({ version, ...policy }, body.language);
    // Temporal forgets closed runs after its retention, the log does not (promise 1).
    const known = await this.log.findProfileByReference(ouid, extReferenceId);
    if (known?.expired) throw expiredReference(profileId);
    if (known) expectSameBody(known.bodyHash, hash, profileId);
    else if (await this.start(caller, body, profileId, hash, { version, ...policy })) {
      return { state: await this.profiles.state(ouid, profileId), created: true };
    }
    const state = await this.profiles.stateIfKnown(ouid, profileId);
    if (state) {
      expectSameBody(state.bodyHash, hash, profileId);
      return { state, created: false };
    }
    if (!known) throw new Problem('TEMPORAL_UNAVAILABLE', 'try again', { retryAfter: 1 });
    return { record: known, created: false };
  }

  private async start(
    caller: Caller,
    body: CreateProfileDto,
    profileId: string,
    hash: string,
    policy: Policy,
  ): Promise<boolean> {
    const detailsRef = `details/${hash}`;
    // Before the start: a case without its details would be half a case. Named by the body's hash,
    // so another body's details are never overwritten.
    await this.vault.putOnceJson(caller.ouid, profileId, detailsRef, body.details);
    return this.starter.start({
      ouid: caller.ouid,
      profileId,
      extReferenceId: body.extReferenceId,
      previousProfileId: body.previousProfileId ?? '',
      bodyHash: hash,
      detailsRef,
      language: body.language,
      policy,
      startedBy: caller.actor.id,
    });
  }
}

function checkBody(body: CreateProfileDto): void {
  const wrong = referenceProblem(body.extReferenceId);
  if (wrong) throw fieldProblem('extReferenceId', REFERENCE_PROBLEMS[wrong]);
  const problems = detailProblems(body.details, new Date());
  if (problems.length === 0) return;
  const errors = problems.map(({ path, code }) => ({
    field: path === '' ? 'details' : `details.${path}`,
    message: code,
  }));
  throw new Problem('FIELD_INVALID', 'one or more details are not valid', { errors });
}

/** Refused at creation only if no queue could ever fit. */
function requireQueue(policy: Policy, language: string): void {
  if (fittingQueues(policy, language, []).length > 0) return;
  throw fieldProblem('language', 'no queue of this organization speaks it');
}

function expiredReference(profileId: string): Problem {
  const detail = 'this ExtReferenceID names a case whose rows have expired';
  return new Problem('REFERENCE_CONFLICT', detail, { profileId });
}

function expectSameBody(before: string, now: string, profileId: string): void {
  if (before === now) return;
  throw new Problem('REFERENCE_CONFLICT', 'this ExtReferenceID names another case already', {
    profileId,
  });
}
