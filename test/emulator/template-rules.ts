import {
  type Body,
  invalid,
  isBody,
  part,
  Refusal,
  requireKnown,
  requireNumber,
  textIn,
} from './refusal';

const TOP = ['name', 'roles', 'settings', 'destinations', 'plugins'];
const ROLE = [
  'name',
  'publishParams',
  'subscribeParams',
  'permissions',
  'priority',
  'maxPeerCount',
];
const PUBLISH = ['allowed', 'audio', 'video', 'screen', 'simulcast'];
const SUBSCRIBE = ['subscribeToRoles', 'maxSubsBitRate', 'subscribeDegradation'];
const RECORDING = [
  'name',
  'role',
  'maxDuration',
  'presignDuration',
  'thumbnails',
  'compositeRecording',
  'trackRecording',
  'streamRecording',
];
/** 100ms docs: Create a template: these three are on where a role does not say otherwise. */
const ON_BY_DEFAULT = ['browserRecording', 'rtmpStreaming', 'hlsStreaming'];
const PERMISSIONS = [
  ...ON_BY_DEFAULT,
  'endRoom',
  'removeOthers',
  'mute',
  'unmute',
  'changeRole',
  'sendRoomState',
  'pollRead',
  'pollWrite',
];
const RIDS = ['f', 'h', 'q'];

/** 100ms docs: Create a template: its names and ranges. @throws Refusal for what they do not allow */
export function requireTemplate(body: Body): void {
  requireKnown(body, TOP);
  const { name, roles } = body;
  if (typeof name !== 'string' || !/^[A-Za-z0-9 ._:-]+$/.test(name)) throw invalid('name');
  if (!isBody(roles) || Object.keys(roles).length === 0) throw invalid('roles');
  for (const [role, value] of Object.entries(roles)) requireRole(role, value, Object.keys(roles));
  const { region } = part(body, 'settings');
  if (region !== undefined && !['in', 'us', 'eu', 'auto'].includes(textIn(region))) {
    throw new Refusal(400, 'region not supported');
  }
  const upload = part(part(part(body, 'settings'), 'recording'), 'upload');
  if (Object.keys(upload).length > 0) {
    if (!upload['location']) throw new Refusal(400, 'bucket location missing');
    if (!['s3', 'gs', 'oss', 'azure'].includes(textIn(upload['type'])))
      throw invalid('upload type');
    requireKnown(part(upload, 'credentials'), ['key', 'secretKey'], 'credentials.');
  }
  const interval = part(part(body, 'settings'), 'roomState')['messageInterval'] ?? 5;
  requireNumber(interval, 5, 3600, 'messageInterval');
  if (Number(interval) % 5 !== 0) throw invalid('messageInterval');
}

function requireRole(name: string, role: unknown, roles: readonly string[]): void {
  if (!isBody(role) || role['name'] !== name) throw invalid(`roles.${name}`);
  requireKnown(role, ROLE, `roles.${name}.`);
  const [publish, subscribe] = [part(role, 'publishParams'), part(role, 'subscribeParams')];
  requireKnown(publish, PUBLISH, 'publishParams.');
  requireKnown(subscribe, SUBSCRIBE, 'subscribeParams.');
  requireKnown(part(role, 'permissions'), PERMISSIONS, 'permissions.');
  const { allowed = [] } = publish;
  const kinds = ['audio', 'video', 'screen', 'simulcast'];
  if (!Array.isArray(allowed) || !allowed.every((kind) => kinds.includes(String(kind)))) {
    throw invalid('publishParams.allowed');
  }
  requireNumber(part(publish, 'audio')['bitRate'], 16, 128, 'audio.bitRate');
  requireVideo(part(publish, 'video'));
  requireLayers(part(part(publish, 'simulcast'), 'video')['layers']);
  const { subscribeToRoles: to = [] } = subscribe;
  if (!Array.isArray(to) || !to.every((other) => roles.includes(String(other)))) {
    throw invalid('subscribeToRoles');
  }
  const degradation = part(subscribe, 'subscribeDegradation');
  requireNumber(degradation['packetLossThreshold'], 1, 100, 'packetLossThreshold');
  requireNumber(degradation['degradeGracePeriodSeconds'], 1, 10, 'degradeGracePeriodSeconds');
  requireNumber(degradation['recoverGracePeriodSeconds'], 1, 10, 'recoverGracePeriodSeconds');
  requireNumber(role['priority'], 1, 5, 'priority');
  requireNumber(role['maxPeerCount'], -1, 20_000, 'maxPeerCount');
}

function requireVideo(video: Body): void {
  requireNumber(video['bitRate'], 30, 2000, 'video.bitRate');
  requireNumber(video['frameRate'], 1, 30, 'video.frameRate');
  requireNumber(video['width'], 50, 1920, 'video.width');
  requireNumber(video['height'], 50, 1080, 'video.height');
  if (![undefined, 'vp8'].includes(video['codec'] as string | undefined)) throw invalid('codec');
}

function requireLayers(layers: unknown): void {
  if (layers === undefined) return;
  if (!Array.isArray(layers) || layers.length > 3) throw invalid('simulcast.layers');
  let before = 0;
  layers.forEach((layer: unknown, i) => {
    const { rid, scaleResolutionDownBy: scale, ...rates } = isBody(layer) ? layer : {};
    const grows = typeof scale === 'number' && scale > before && scale <= 12;
    if (rid !== RIDS[i] || !grows || (i === 0 && scale !== 1)) throw invalid('simulcast.layers');
    before = scale;
    requireNumber(rates['maxBitrate'], 0, 2000, 'maxBitrate');
    requireNumber(rates['maxFramerate'], 1, 30, 'maxFramerate');
  });
}

/** 100ms docs: Configure recordings: an array with exactly one object. @throws Refusal */
export function requireRecordings(body: unknown, roles: readonly string[]): Body[] {
  const [recording, ...more]: unknown[] = Array.isArray(body) ? body : [];
  if (!isBody(recording) || more.length > 0) throw invalid('recordings');
  requireKnown(recording, RECORDING, 'recordings.');
  if (!roles.includes(String(recording['role']))) throw invalid('recordings.role');
  return [recording];
}

/** As stored: permissions with their defaults, and only the fields that this API knows. */
export function storedRole(role: Body, keepsUnknown: boolean): Body {
  const on = Object.fromEntries(ON_BY_DEFAULT.map((name) => [name, true]));
  const subscribe = part(role, 'subscribeParams');
  const { videoAlwaysEnabled, ...degradation } = part(subscribe, 'subscribeDegradation');
  const kept = keepsUnknown && videoAlwaysEnabled !== undefined ? { videoAlwaysEnabled } : {};
  return {
    ...role,
    subscribeParams: { ...subscribe, subscribeDegradation: { ...degradation, ...kept } },
    permissions: { ...on, ...part(role, 'permissions') },
  };
}
