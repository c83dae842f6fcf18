import type { OrganizationEvents } from '../events';
import { Journal, take, type MachineState, type Step, type StepContext } from '../journal';
import { BLANK_COLUMNS, isoTime } from '../log-row';
import { Refusal } from '../refusal';
import { DEFAULT_RETENTION } from '../retention/policy';
import type { Actor } from '../words';
import type { OrganizationSettings } from './settings';

type NoMessages = Record<string, never>;

export interface OrganizationState extends MachineState<NoMessages> {
  readonly ouid: string;
  /** 0 before the first settings. */
  readonly version: number;
  readonly settings: OrganizationSettings | undefined;
}

export interface ApplySettings {
  readonly actor: Actor;
  readonly settings: OrganizationSettings;
  /** The version the change was made from; left out by the declared file, which is the truth. */
  readonly expectedVersion?: number;
}

class OrganizationJournal extends Journal<NoMessages, OrganizationState> {
  emit<K extends keyof OrganizationEvents>(type: K, details: OrganizationEvents[K]): void {
    const seq = this.nextSeq();
    this.events.push({
      ...BLANK_COLUMNS,
      ouid: this.state.ouid,
      stream: 'organization',
      streamId: this.state.ouid,
      seq,
      eventType: type,
      occurredAt: isoTime(this.at),
      actorType: this.actor.type,
      actorId: this.actor.id,
      details,
    });
  }
}

export function emptyOrganization(ouid: string): OrganizationState {
  return { ouid, seq: 0, outbox: {}, outboxNext: 1, version: 0, settings: undefined };
}

/** Replaces the settings; the same settings again are no change and make no version. */
export function applySettings(
  state: OrganizationState,
  { actor, settings, expectedVersion }: ApplySettings,
  context: StepContext,
): Step<OrganizationState, { version: number }> {
  const journal = new OrganizationJournal(state, actor, context);
  return take(journal, () => {
    if (expectedVersion !== undefined && expectedVersion !== state.version) {
      throw new Refusal('SETTINGS_CONFLICT', `the settings are at version ${state.version}`);
    }
    const changed = changedKeys(state.settings, settings);
    if (changed.length > 0) {
      const version = state.version + 1;
      journal.set({ settings, version });
      journal.emit('organization.settings-changed', {
        organization: {
          version,
          name: settings.name,
          retention: { ...DEFAULT_RETENTION, ...settings.retention },
        },
        changed,
      });
    }
    return { version: journal.state.version };
  });
}

function changedKeys(
  before: OrganizationSettings | undefined,
  after: OrganizationSettings,
): string[] {
  const keys = Object.keys(after) as (keyof OrganizationSettings)[];
  return keys.filter((key) => !before || !same(before[key], after[key]));
}

/** Both come from JSON written by the same code, so the order of keys is the same. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
