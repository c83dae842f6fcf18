/** One bundle for all three variants: the worker that runs them is the same. */
export * from '../../../workflows';
export { bareDesk } from './bare.workflow';
export { floorDesk, floorProfile } from './floor.workflow';
export { naiveDesk, naiveProfile } from './naive.workflow';
