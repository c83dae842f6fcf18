import { CALL_FIGURES } from './calls';
import type { Dimension } from './dimensions';
import { dimensionsOf, type Figure } from './figure';
import { FUNNEL_FIGURES } from './funnel';
import { OPERATORS } from './operators';
import { OUTCOMES } from './outcomes';
import { REVIEWERS } from './reviewers';
import { WAIT_FIGURES } from './waits';

/** Everything that can be asked for: the one list of figures, by resource. */
export const RESOURCES = {
  operators: OPERATORS,
  reviewers: REVIEWERS,
  funnel: FUNNEL_FIGURES,
  waits: WAIT_FIGURES,
  calls: CALL_FIGURES,
  outcomes: OUTCOMES,
} as const satisfies Readonly<Record<string, readonly Figure[]>>;
export type Resource = keyof typeof RESOURCES;
export const RESOURCE_NAMES = Object.keys(RESOURCES) as readonly Resource[];

/** A figure as it is told to whoever asks for one. */
export interface Definition {
  readonly name: string;
  readonly definition: string;
  readonly unit: string;
  readonly groupBy: readonly Dimension[];
}

export function definitionOf(figure: Figure): Definition {
  const { name, definition, unit } = figure;
  return { name, definition, unit, groupBy: dimensionsOf(figure) };
}
