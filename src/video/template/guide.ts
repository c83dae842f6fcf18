import type { TemplateChoices } from './choices';
import type { Json } from './json';

/** One setting that a call must have: what it is called, where the API has it, what it has to be. */
export interface RequiredSetting {
  readonly setting: string;
  /** In the template, with `recordings` beside `roles` and `settings`. */
  readonly field: string;
  readonly value: Json;
  /** Why we do not do as the guide says. */
  readonly deviation?: string;
  /** What we could not find out about it. */
  readonly unverified?: string;
}

const BOTH = ['agent', 'customer'];
const NOT_HIS =
  'the guide gives agent and customer the same rights; a customer who mutes the agent or ends the call decides over his own check';
const EVIDENCE = 'on by default; nobody in the call may start, stop or divert its recording';
const OUR_START =
  'by choice (--auto-start off): our server has it begun when both are in, with our own recorder page (HUNDREDMS_RECORDING=on-request)';
const PLACES =
  'the guide sets no limit; a third person must not come in. Two and not one: a lost connection counts for up to 60 s, and he has to be able to come back';

/**
 * The settings of 100ms' guide for video KYC, in its order, and after them what a KYC needs besides.
 * (The guide's customer tab: 720p, no simulcast.)
 */
export function requiredSettings(choices: TemplateChoices): readonly RequiredSetting[] {
  return [...agentRole(choices), ...customerRole(), ...recording(choices), ...advanced(choices)];
}

function agentRole({ agentVideo }: TemplateChoices): RequiredSetting[] {
  const role = 'roles.agent';
  const video = `${role}.publishParams.video`;
  const layers = `${role}.publishParams.simulcast.video.layers`;
  const shares: RequiredSetting = agentVideo
    ? {
        setting: 'agent shares audio and video in layers, no screen',
        field: `${role}.publishParams.allowed`,
        value: ['audio', 'video', 'simulcast'],
      }
    : {
        setting: 'agent shares audio, no video, no screen',
        field: `${role}.publishParams.allowed`,
        value: ['audio'],
      };
  const picture: RequiredSetting[] = [
    { setting: 'agent’s video is 360p: height', field: `${video}.height`, value: 360 },
    { setting: 'agent’s video is 360p: width', field: `${video}.width`, value: 640 },
    { setting: 'agent’s layer 360p', field: `${layers}.0.scaleResolutionDownBy`, value: 1 },
    { setting: 'agent’s layer 180p', field: `${layers}.1.scaleResolutionDownBy`, value: 2 },
  ];
  return [
    shares,
    ...(agentVideo ? picture : []),
    ...subscribing('agent'),
    ...permissions('agent', ['mute', 'unmute', 'endRoom', 'sendRoomState'], true),
    ...permissions('agent', ['browserRecording', 'rtmpStreaming', 'hlsStreaming'], false, EVIDENCE),
    { setting: 'places for the agent', field: `${role}.maxPeerCount`, value: 2, deviation: PLACES },
  ];
}

function customerRole(): RequiredSetting[] {
  const role = 'roles.customer';
  const video = `${role}.publishParams.video`;
  return [
    {
      setting: 'customer shares audio and video, no layers, no screen',
      field: `${role}.publishParams.allowed`,
      value: ['audio', 'video'],
    },
    { setting: 'customer’s video is 720p: height', field: `${video}.height`, value: 720 },
    { setting: 'customer’s video is 720p: width', field: `${video}.width`, value: 1280 },
    ...subscribing('customer'),
    ...permissions('customer', ['mute', 'unmute', 'endRoom', 'sendRoomState'], false, NOT_HIS),
    ...permissions('customer', ['removeOthers', 'changeRole'], false),
    ...permissions(
      'customer',
      ['browserRecording', 'rtmpStreaming', 'hlsStreaming'],
      false,
      EVIDENCE,
    ),
    {
      setting: 'places for the customer',
      field: `${role}.maxPeerCount`,
      value: 2,
      deviation: PLACES,
    },
  ];
}

function recording({ recording: kind, autoStart, bucket }: TemplateChoices): RequiredSetting[] {
  const upload = 'settings.recording.upload';
  const composite = kind === 'composite';
  const own = 'recordings.0';
  return [
    { setting: 'own bucket', field: `${upload}.location`, value: bucket.location },
    { setting: 'own bucket: type', field: `${upload}.type`, value: bucket.type },
    { setting: 'own bucket: prefix', field: `${upload}.prefix`, value: bucket.prefix },
    { setting: 'own bucket: region', field: `${upload}.options.region`, value: bucket.region },
    {
      setting: 'room composite recording, begun when somebody joins',
      field: `${own}.compositeRecording.browserComposite.autoStart`,
      value: composite && autoStart,
      ...(composite && !autoStart && { deviation: OUR_START }),
    },
    {
      setting: 'SFU recording, put together after the call',
      field: `${own}.compositeRecording.customComposite.enabled`,
      value: !composite,
    },
    { setting: 'no recording of tracks', field: `${own}.trackRecording.enabled`, value: false },
    { setting: 'no recording of streams', field: `${own}.streamRecording.enabled`, value: false },
    { setting: 'the recorder is no participant', field: `${own}.role`, value: 'recorder' },
  ];
}

function advanced({ region, videoAlwaysEnabledAt: field }: TemplateChoices): RequiredSetting[] {
  const roomState = { setting: 'room state', field: 'settings.roomState.enabled', value: true };
  const servers = { setting: 'media servers', field: 'settings.region', value: region };
  if (field === undefined) return [roomState, servers];
  const always: RequiredSetting = {
    setting: 'on a bad line the agent’s picture of the customer gets worse, never goes off',
    field,
    value: true,
    unverified:
      'no public text says where the API has it: even read back, ask 100ms whether it works',
  };
  return [roomState, always, servers];
}

function subscribing(role: string): RequiredSetting[] {
  const params = `roles.${role}.subscribeParams`;
  const threshold = `${params}.subscribeDegradation.packetLossThreshold`;
  return [
    { setting: `${role} sees both`, field: `${params}.subscribeToRoles`, value: BOTH },
    { setting: `${role} gets a worse picture on a bad line`, field: threshold, value: 25 },
  ];
}

function permissions(
  role: string,
  names: readonly string[],
  value: boolean,
  deviation?: string,
): RequiredSetting[] {
  return names.map((name) => ({
    setting: `${role} ${value ? 'may' : 'may not'}: ${name}`,
    field: `roles.${role}.permissions.${name}`,
    value,
    ...(deviation !== undefined && { deviation }),
  }));
}
