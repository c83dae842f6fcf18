import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBetweenMarkers } from '../between-markers';
import { markdownTable } from '../markdown-table';
import {
  audioOnTheWire,
  bitsPerPixel,
  estimatedRate,
  leastRate,
  megabytesPerMinute,
  videoOnTheWire,
} from './picture';
import { down, type Sent, sentBy, up } from './role';
import { bitrateTables } from './tables';

const HD = { width: 1280, height: 720, frameRate: 25 };
const CUSTOMER: Sent = { audio: 32, layers: [{ ...HD, limit: 1200 }] };
const AGENT: Sent = {
  audio: 32,
  layers: [
    { width: 640, height: 360, frameRate: 25, limit: 400 },
    { width: 320, height: 180, frameRate: 25, limit: 150 },
  ],
};

it('docs/video.md has the tables that the declared template gives', () => {
  const text = readFileSync(join(__dirname, '../../docs/video.md'), 'utf8');
  expect(withBetweenMarkers(text, 'video:bitrates', bitrateTables())).toBe(text);
});

it('estimates by pixels, frames and bits for a pixel, and back', () => {
  expect(estimatedRate(HD)).toBeCloseTo(1612.8);
  expect(bitsPerPixel(HD, 1612.8)).toBeCloseTo(0.07);
  expect(megabytesPerMinute(1000)).toBe(7.5);
});

it('knows the least rate by pixels, whatever the aspect, and says so where it does not', () => {
  expect(leastRate(HD)).toBe(900);
  expect(leastRate({ width: 720, height: 1280 })).toBe(900);
  expect(leastRate({ width: 640, height: 480 })).toBe(500);
  expect(leastRate({ width: 320, height: 180 })).toBe(30);
  expect(leastRate({ width: 1920, height: 1080 })).toBeUndefined();
});

it('counts every layer on the way up and one on the way down', () => {
  expect(up(AGENT).full).toBeCloseTo(audioOnTheWire(32) + videoOnTheWire(550));
  expect(down([AGENT]).full).toBeCloseTo(audioOnTheWire(32) + videoOnTheWire(400));
});

it('goes down to the smallest layer; where there is one only it comes whole or not at all', () => {
  expect(down([AGENT]).least).toBeCloseTo(audioOnTheWire(32) + videoOnTheWire(150));
  expect(down([CUSTOMER]).least).toBe(down([CUSTOMER]).full);
  expect(up(CUSTOMER).least).toBeCloseTo(audioOnTheWire(32) + videoOnTheWire(900));
  expect(up(AGENT).least).toBeCloseTo(audioOnTheWire(32) + videoOnTheWire(300));
});

it('takes nothing for what a role does not send', () => {
  const template = { roles: { recorder: { publishParams: { allowed: [] } } } };
  expect(sentBy(template, 'recorder')).toEqual({ audio: 0, layers: [] });
  expect(up(sentBy(template, 'recorder'))).toEqual({ full: 0, least: 0, megabytes: 0 });
});

it('does not guess a number that the template has not', () => {
  const template = { roles: { agent: { publishParams: { allowed: ['audio'] } } } };
  expect(() => sentBy(template, 'agent')).toThrow('roles.agent.publishParams.audio.bitRate');
});

it('writes between the markers, and only where both are', () => {
  const [begin = '', end = ''] = withBetweenMarkersIn(bitrateTables());
  expect(withBetweenMarkers(`a\n${begin}\nold\n${end}\nz`, 'video:bitrates', 'new')).toBe(
    `a\n${begin}\n\nnew\n\n${end}\nz`,
  );
  expect(() => withBetweenMarkers(`a ${end} ${begin}`, 'video:bitrates', 'new')).toThrow(
    'each once',
  );
  expect(() => withBetweenMarkers('a', 'video:bitrates', 'new')).toThrow('each once');
});

it('makes a table as prettier has it', () => {
  expect(markdownTable(['a', 'long'], [['x', '1']], [1])).toBe(
    ['| a   | long |', '| --- | ---: |', '| x   |    1 |'].join('\n'),
  );
});

/** The two markers, as docs/video.md has them. */
function withBetweenMarkersIn(content: string): string[] {
  const text = readFileSync(join(__dirname, '../../docs/video.md'), 'utf8');
  const [before = '', after = ''] = text.split(content);
  return [before.trimEnd().split('\n').at(-1) ?? '', after.trimStart().split('\n')[0] ?? ''];
}
