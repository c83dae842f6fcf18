/** What is injected by name because it has no class of its own. */
export const CONFIG = Symbol('CONFIG');
export const VIDEO = Symbol('VIDEO');
export const ROOM_RECORDER = Symbol('ROOM_RECORDER');
export const VIDEO_RECORDS = Symbol('VIDEO_RECORDS');
export const LOG_CLIENT = Symbol('LOG_CLIENT');
export const BODY_HASH_KEY = Symbol('BODY_HASH_KEY');
