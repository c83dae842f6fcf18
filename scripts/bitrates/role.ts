import { isObject, type JsonObject, valueAt } from '../../src/video/template/json';
import {
  audioOnTheWire,
  leastRate,
  megabytesPerMinute,
  type Picture,
  videoOnTheWire,
} from './picture';

/** One picture that somebody sends, and the most it may take. */
export interface Layer extends Picture {
  readonly limit: number;
}

/** What somebody of a role sends. */
export interface Sent {
  readonly audio: number;
  /** The largest first; empty for a role without video. */
  readonly layers: readonly Layer[];
}

/** As the declared template has it. */
export function sentBy(template: JsonObject, role: string): Sent {
  const at = `roles.${role}.publishParams`;
  const allowed = valueAt(template, `${at}.allowed`);
  const may = (kind: string): boolean => Array.isArray(allowed) && allowed.includes(kind);
  const number = (field: string): number => {
    const value = valueAt(template, `${at}.${field}`);
    if (typeof value !== 'number') throw new Error(`the template has no number at ${at}.${field}`);
    return value;
  };
  const audio = may('audio') ? number('audio.bitRate') : 0;
  if (!may('video')) return { audio, layers: [] };
  const whole: Layer = {
    width: number('video.width'),
    height: number('video.height'),
    frameRate: number('video.frameRate'),
    limit: number('video.bitRate'),
  };
  if (!may('simulcast')) return { audio, layers: [whole] };
  const declared = valueAt(template, `${at}.simulcast.video.layers`);
  if (!Array.isArray(declared)) throw new Error(`${role} has simulcast and no layers`);
  const layers = declared.filter(isObject).map((_, i): Layer => {
    const layer = `simulcast.video.layers.${i}`;
    const scale = number(`${layer}.scaleResolutionDownBy`);
    return {
      width: whole.width / scale,
      height: whole.height / scale,
      frameRate: number(`${layer}.maxFramerate`),
      limit: number(`${layer}.maxBitrate`),
    };
  });
  return { audio, layers };
}

/** What a line has to carry in one direction, kbit/s with all headers. */
export interface Load {
  readonly full: number;
  /** What is enough for the picture at its size (up), or for the smallest there is to get (down). */
  readonly least: number;
  readonly megabytes: number;
}

/** All layers go up at once. libwebrtc begins the larger one when the smaller has all of its own. */
export function up({ audio, layers }: Sent): Load {
  const [largest, ...smaller] = layers;
  const rate = (sum: number, { limit }: Layer): number => sum + limit;
  const least = largest === undefined ? 0 : Math.min(largest.limit, leastOf(largest));
  return load(audio, layers.reduce(rate, 0), Math.max(least, smaller.reduce(rate, 0)));
}

/** One layer of each comes down. Where there is one only, the server has nothing smaller to give. */
export function down(others: readonly Sent[]): Load {
  const each = others.map(({ audio, layers }) =>
    load(audio, layers.at(0)?.limit ?? 0, layers.at(-1)?.limit ?? 0),
  );
  const sum = (part: keyof Load): number => each.reduce((all, one) => all + one[part], 0);
  return { full: sum('full'), least: sum('least'), megabytes: sum('megabytes') };
}

function leastOf(layer: Layer): number {
  return leastRate(layer) ?? layer.limit;
}

function load(audio: number, video: number, leastVideo: number): Load {
  const sound = audio === 0 ? 0 : audioOnTheWire(audio);
  const full = sound + videoOnTheWire(video);
  return {
    full,
    least: sound + videoOnTheWire(leastVideo),
    megabytes: megabytesPerMinute(full),
  };
}
