import type { BucketCredentials, TemplateChoices } from './choices';
import { type JsonObject, withValueAt } from './json';

/** The bodies of `POST /templates/:id` and `POST /templates/:id/recordings`. */
export interface DeclaredTemplate {
  readonly template: JsonObject & { readonly name: string };
  readonly recordings: readonly [JsonObject];
}

const BOTH = ['agent', 'customer'];
/** The most that a room, and so a recording, may last. */
const MAX_RECORDING_SECONDS = 4 * 3600;
/** The recording browser's own role, so that it is neither an agent nor a customer to anybody. */
export const RECORDER_ROLE = 'recorder';
/** The picture of a recording: the recorder page's window. */
export const RECORDED_SIZE = { width: 1280, height: 720 } as const;
/**
 * Who lost his line counts as inside for up to 60 s more: with one place he could not come back.
 * Who may join at all is a matter of the join tokens.
 */
const PLACES = 2;

const NOTHING_ALLOWED = {
  endRoom: false,
  removeOthers: false,
  mute: false,
  unmute: false,
  changeRole: false,
  sendRoomState: false,
  pollRead: false,
  pollWrite: false,
  // On for every role that does not say otherwise.
  browserRecording: false,
  rtmpStreaming: false,
  hlsStreaming: false,
};

/** The whole template. An update overwrites all of it, so what does not stand here is gone. */
export function declaredTemplate(
  choices: TemplateChoices,
  credentials: BucketCredentials,
): DeclaredTemplate {
  const template = {
    name: `video-kyc-${choices.ouid}`,
    roles: { agent: agent(choices), customer, recorder },
    settings: {
      region: choices.region,
      recording: { upload: uploadTo(choices, credentials) },
      roomState: {
        enabled: true,
        messageInterval: 5,
        sendPeerList: false,
        stopRoomStateOnJoin: true,
      },
      retry: {},
    },
    destinations: {},
  };
  const { videoAlwaysEnabledAt: place } = choices;
  return {
    template: { ...(place ? withValueAt(template, place, true) : template), name: template.name },
    recordings: [recordingBy(choices)],
  };
}

function agent({ agentVideo }: TemplateChoices): JsonObject {
  const video = {
    video: { bitRate: 400, codec: 'vp8', frameRate: 25, width: 640, height: 360 },
    simulcast: {
      video: {
        layers: [
          { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 400, maxFramerate: 25 },
          { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 150, maxFramerate: 25 },
        ],
      },
    },
  };
  return {
    name: 'agent',
    publishParams: {
      allowed: agentVideo ? ['audio', 'video', 'simulcast'] : ['audio'],
      audio: { bitRate: 32, codec: 'opus' },
      ...(agentVideo && video),
    },
    subscribeParams: subscribing(BOTH),
    permissions: {
      ...NOTHING_ALLOWED,
      mute: true,
      unmute: true,
      endRoom: true,
      sendRoomState: true,
    },
    priority: 1,
    maxPeerCount: PLACES,
  };
}

/** One full picture, large enough to read a PAN card on; layers would get smaller ones to the agent. */
const customer = {
  name: 'customer',
  publishParams: {
    allowed: ['audio', 'video'],
    audio: { bitRate: 32, codec: 'opus' },
    video: { bitRate: 1200, codec: 'vp8', frameRate: 25, width: 1280, height: 720 },
  },
  subscribeParams: subscribing(BOTH),
  permissions: NOTHING_ALLOWED,
  priority: 1,
  maxPeerCount: PLACES,
};

const recorder = {
  name: RECORDER_ROLE,
  publishParams: { allowed: [] },
  subscribeParams: subscribing(BOTH),
  permissions: NOTHING_ALLOWED,
  priority: 5,
  maxPeerCount: 1,
};

function subscribing(subscribeToRoles: string[]): JsonObject {
  return {
    subscribeToRoles,
    maxSubsBitRate: 3200,
    subscribeDegradation: {
      packetLossThreshold: 25,
      degradeGracePeriodSeconds: 1,
      recoverGracePeriodSeconds: 4,
    },
  };
}

function uploadTo({ bucket }: TemplateChoices, { key, secret }: BucketCredentials): JsonObject {
  const { type, location, prefix, region } = bucket;
  // A template takes the secret as `secretKey` and shows it as `secret`.
  return { type, location, prefix, options: { region }, credentials: { key, secretKey: secret } };
}

function recordingBy({ recording, autoStart }: TemplateChoices): JsonObject {
  const composite = recording === 'composite';
  return {
    name: 'default',
    role: recorder.name,
    maxDuration: MAX_RECORDING_SECONDS,
    compositeRecording: {
      browserComposite: { autoStart: composite && autoStart, ...RECORDED_SIZE },
      customComposite: { enabled: !composite },
    },
    trackRecording: { enabled: false },
    streamRecording: { enabled: false },
  };
}
