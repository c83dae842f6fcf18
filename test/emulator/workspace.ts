import type { CallMoment } from './call-moment';
import type { HmsEvent } from './hms-event';
import { Refusal } from './refusal';
import {
  type Asset,
  newId,
  type Outcome,
  type Recording,
  type Room,
  type Session,
  type Template,
} from './state';
import { Delays, Timers } from './timers';
import type { AppKeys } from './tokens';

/** All that one 100ms workspace knows, and who hears of it; what is done in it: `LiveWorkspace`. */
export class Workspace {
  readonly customerId = newId();
  readonly appId = newId();
  readonly rooms = new Map<string, Room>();
  readonly templates = new Map<string, Template>();
  /** What goes on now, by room. */
  readonly sessions = new Map<string, Session>();
  readonly closedSessions: Session[] = [];
  readonly recordings = new Map<string, Recording>();
  readonly assets = new Map<string, Asset>();
  readonly delays = new Delays();
  readonly timers = new Timers();
  private readonly outcomes = new Map<string, Outcome>();
  private readonly listeners: ((event: HmsEvent) => void)[] = [];
  private readonly callListeners: { moment: CallMoment; act: (session: Session) => void }[] = [];

  constructor(readonly keys: AppKeys) {}

  /** @throws Refusal 404 */
  room(id: string): Room {
    return found(this.rooms.get(id), 'room');
  }

  roomNamed(name: string): Room | undefined {
    const wanted = name.toLowerCase();
    return [...this.rooms.values()].find((room) => room.name.toLowerCase() === wanted);
  }

  /** @throws Refusal 404 */
  template(id: string): Template {
    return found(this.templates.get(id), 'template');
  }

  /** What goes on now, and what did. @throws Refusal 404 */
  session(id: string): Session {
    return found(
      this.allSessions().find((session) => session.id === id),
      'session',
    );
  }

  allSessions(): Session[] {
    return [...this.closedSessions, ...this.sessions.values()];
  }

  /** @throws Refusal 404 */
  recording(id: string): Recording {
    return found(this.recordings.get(id), 'recording');
  }

  /** @throws Refusal 404 */
  asset(id: string): Asset {
    return found(this.assets.get(id), 'asset');
  }

  /** What becomes of the room's recordings from now on. */
  recordingOutcome(roomId: string, outcome: Outcome): void {
    this.outcomes.set(roomId, outcome);
  }

  outcomeOf(roomId: string): Outcome {
    return this.outcomes.get(roomId) ?? 'SUCCESS';
  }

  onEvent(listener: (event: HmsEvent) => void): void {
    this.listeners.push(listener);
  }

  emit(event: HmsEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Done at once, before the call goes on. */
  onCall(moment: CallMoment, act: (session: Session) => void): void {
    this.callListeners.push({ moment, act });
  }

  callReached(moment: CallMoment, session: Session): void {
    for (const listener of this.callListeners) {
      if (listener.moment === moment) listener.act(session);
    }
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Refusal(404, `${what} not found`, ['not found']);
  return value;
}
