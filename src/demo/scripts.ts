import { NOBODYS_SKILL, OUTCOMES, type CallPlan, type Outcome } from './outcomes';
import { seeded, shuffled } from './seeded';

/** What one journey is to be: decided by the run's seed and the journey's index alone. */
export interface Script {
  readonly index: number;
  readonly extReferenceId: string;
  readonly outcome: Outcome;
  readonly language: string;
  readonly skills: readonly string[];
  /** What he asks for in vain before that. */
  readonly firstSkills?: readonly string[];
  /** How long the customer needs to hand in what is asked for, ms. */
  readonly captureMs?: number;
  /** How long the customer waits in line before he leaves, ms; undefined: as long as it takes. */
  readonly patienceMs?: number;
  /** How long he takes to come back when his case was put off, ms; at once without. */
  readonly backMs?: number;
  /** How he leaves. */
  readonly leaves?: 'CANCELS' | 'WALKS_AWAY';
  /** How long the agent talks with him, ms. */
  readonly serviceMs: number;
  /** The agent keeps an image of the call. */
  readonly image: boolean;
}

/** A case's reference: another run's cases on the same servers are others. */
export function referenceOf(seed: number, run: string, index: number): string {
  return `demo-${seed}-${run}-${index}`;
}

/** The outcomes that can be had under our own policy, or where the policy is not ours to choose. */
export function outcomesFor(own: boolean): readonly Outcome[] {
  return OUTCOMES.filter(({ ownPolicy }) => own || !ownPolicy);
}

/**
 * Journey `index` of a run. Journeys come in blocks that hold each outcome as often as its share
 * says, in an order drawn for the block: so a number of journeys has every outcome, and which one
 * journey has depends on nothing but seed and index.
 */
export function scriptOf(
  seed: number,
  run: string,
  index: number,
  outcomes: readonly Outcome[] = OUTCOMES,
): Script {
  const block = outcomes.flatMap((outcome) => Array.from({ length: outcome.share }, () => outcome));
  const order = shuffled(block, seeded(seed, 'block', Math.floor(index / block.length)));
  const outcome = order[index % block.length];
  if (!outcome) throw new Error('there is no outcome to choose from');
  const draw = seeded(seed, 'journey', index);
  return {
    index,
    extReferenceId: referenceOf(seed, run, index),
    outcome,
    language: draw() < 0.7 ? 'en' : 'hi',
    skills: ['savings'],
    ...(outcome.asksForNobody && { firstSkills: [NOBODYS_SKILL] }),
    serviceMs: Math.round(100 + draw() * 400),
    image: draw() < 0.3,
  };
}

/** What happens on the journey's `attempt`th call (1 = first); beyond the plan, as on the last. */
export function callPlan(script: Script, attempt: number): CallPlan | undefined {
  const { calls } = script.outcome;
  return calls[attempt - 1] ?? calls.at(-1);
}
