import { OUTCOMES, type CallPlan, type Outcome } from '../demo/outcomes';
import { seeded, type Draw } from '../demo/seeded';
import type { ProfileInput } from '../domain/profile/commands';
import { lastAv, type ProfileState } from '../domain/profile/state';
import type { ActorType } from '../domain/words';

/** Of a hundred cases, how many go the plain way: called once, approved. */
const PLAIN_WAY = 55;
const [PLAIN, ...OTHERS] = OUTCOMES;

/** Who a case is about, and what is known of how he and those who deal with him will act. */
export class Person {
  readonly draw: Draw;
  readonly outcome: Outcome;
  /** How many checkers have decided, how many claims were passed on, how often he came back. */
  checks = 0;
  passes = 0;
  comebacks = 0;
  booked = false;
  readonly heldAt = new Set<string>();
  /** Calls whose losses have happened, by side. */
  readonly lost = new Set<string>();
  /** Messages to the video service and files that are on their way, tasks that are skipped. */
  readonly settled = new Set<string>();
  /** Of the act that was planned last. */
  version = 0;
  /** Where an act was refused: nothing more is tried there. */
  refusedAt = -1;
  state: ProfileState;

  constructor(seed: string, state: ProfileState) {
    this.draw = seeded(seed);
    this.state = state;
    this.outcome = this.chooseOutcome();
  }

  /** What is to happen on the call that is or was the last one. */
  get plan(): CallPlan | undefined {
    const { calls } = this.outcome;
    return calls[this.state.avSessions.length - 1] ?? calls.at(-1);
  }

  /** What happens now counts for what comes next. */
  remember(input: ProfileInput): void {
    const { status } = this.state;
    switch (input.name) {
      case 'leaveCall':
        if (input.input.cause === 'CONNECTION_LOST') this.lost.add(this.sideOf(input.actor.type));
        return;
      case 'releaseReview':
      case 'assignReview':
        this.passes += 1;
        return;
      case 'checkerDecision':
        this.checks += 1;
        return;
      case 'submit':
        if (status === 'SCHEDULED') this.comebacks += 1;
        return;
      case 'bookSlot':
        this.booked = true;
        return;
      case 'hold':
        this.heldAt.add(status);
        return;
      default:
        return;
    }
  }

  /** One side of the last call. */
  sideOf(who: ActorType): string {
    return `${lastAv(this.state)?.avSessionId ?? ''} ${who}`;
  }

  /** Around `mean` ms, seldom much longer: what people take for something. */
  takes(mean: number): number {
    return 1_000 + Math.round(-Math.log(1 - this.draw()) * mean);
  }

  happens(percent: number): boolean {
    return this.draw() * 100 < percent;
  }

  private chooseOutcome(): Outcome {
    if (!PLAIN) throw new Error('there is no outcome to choose from');
    if (this.happens(PLAIN_WAY)) return PLAIN;
    return OTHERS[Math.floor(this.draw() * OTHERS.length)] ?? PLAIN;
  }
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What things take on the average, ms. */
export const TAKES = {
  opening: 12 * MINUTE,
  reading: 20 * SECOND,
  photo: 35 * SECOND,
  room: 0.4 * SECOND,
  joining: 5 * SECOND,
  loss: 40 * SECOND,
  gone: 8 * SECOND,
  task: 55 * SECOND,
  goodbye: 15 * SECOND,
  deciding: 35 * SECOND,
  untilReview: 9 * MINUTE,
  verdict: 6 * SECOND,
  checking: 40 * SECOND,
  hold: 25 * MINUTE,
  comeback: 40 * MINUTE,
  file: 25 * SECOND,
  steppingIn: 3 * MINUTE,
} as const;
