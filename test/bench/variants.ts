import { WORKFLOWS } from '../../workflows/contracts';

/** The product and its two controls. They differ in their workflows alone. */
export const VARIANTS = ['product', 'floor', 'naive'] as const;
export type Variant = (typeof VARIANTS)[number];

/** The workflow types of a variant's profile and desk. */
export const WORKFLOW_TYPES: Readonly<Record<Variant, { profile: string; desk: string }>> = {
  product: { profile: WORKFLOWS.profile, desk: WORKFLOWS.desk },
  floor: { profile: 'floorProfile', desk: 'floorDesk' },
  naive: { profile: 'naiveProfile', desk: 'naiveDesk' },
};

/** The variants' order in a round: each comes first, second and last equally often. */
export function orderOf(round: number): readonly Variant[] {
  const shift = round % VARIANTS.length;
  return [...VARIANTS.slice(shift), ...VARIANTS.slice(0, shift)];
}
