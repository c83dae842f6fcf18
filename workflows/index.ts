/** What the worker's bundle offers: the only barrel of the project, because the bundler needs one. */
export { deskWorkflow } from './desk.workflow';
export { logRowsWorkflow } from './log-rows.workflow';
export { organizationWorkflow } from './organization.workflow';
export { profileWorkflow } from './profile.workflow';
export { purgeWorkflow } from './purge.workflow';
export { reconcilerWorkflow } from './reconciler.workflow';
export { retentionWorkflow } from './retention.workflow';
export { settlementWorkflow } from './settlement.workflow';
export { videoRoomWorkflow } from './video-room.workflow';
