import type { TemplateChoices } from '../../src/video/template/choices';
import { declaredTemplate } from '../../src/video/template/declared-template';
import { markdownTable } from '../markdown-table';
import {
  bitsPerPixel,
  estimatedRate,
  leastRate,
  megabytesPerMinute,
  type Picture,
} from './picture';
import { down, type Load, type Sent, sentBy, up } from './role';

/** What 100ms takes as a video's `bitRate` and `height`. */
const MOST_RATE = 2000;
const MOST_HEIGHT = 1080;

const SIZES: readonly (readonly [aspect: string, ...sizes: (readonly [number, number])[]])[] = [
  ['16:9', [320, 180], [480, 270], [640, 360], [960, 540], [1280, 720], [1920, 1080]],
  ['4:3', [320, 240], [640, 480], [960, 720], [1280, 960]],
  ['1:1', [360, 360], [480, 480], [720, 720]],
  ['9:16', [180, 320], [360, 640], [540, 960], [720, 1280]],
];

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const one = (value: number): string => value.toFixed(1);

/** Everything between the markers of docs/video.md. */
export function bitrateTables(): string {
  return [
    'What a picture takes, whoever sends it:',
    sizesTable(),
    'What our template lets each role send (`src/video/template/declared-template.ts`):',
    layersTable(),
    'What a call takes of each line, with all headers:',
    linesTable(),
  ].join('\n\n');
}

function sizesTable(): string {
  const heads = [
    'size',
    'aspect',
    '15 frames/s, kbit/s',
    '25 frames/s, kbit/s',
    'MB a minute at 25',
    'least, kbit/s',
    'in a template of 100ms',
  ];
  const rows = SIZES.flatMap(([aspect, ...sizes]) =>
    sizes.map(([width, height]) => {
      const at = (frameRate: number): number => estimatedRate({ width, height, frameRate });
      return [
        `${width}×${height}`,
        aspect,
        whole(at(15)),
        whole(at(25)),
        one(megabytesPerMinute(at(25))),
        least({ width, height }),
        declarable(height, at(25)),
      ];
    }),
  );
  return markdownTable(heads, rows, [2, 3, 4, 5]);
}

function declarable(height: number, rate: number): string {
  if (height > MOST_HEIGHT) return `no: higher than ${MOST_HEIGHT}`;
  return rate > MOST_RATE ? `at ${whole(MOST_RATE)} kbit/s at most` : 'yes';
}

function layersTable(): string {
  const heads = [
    'role',
    'picture',
    'frames/s',
    'limit, kbit/s',
    'bits/pixel at the limit',
    'estimate, kbit/s',
    'least, kbit/s',
  ];
  const rows = ['customer', 'agent'].flatMap((role) =>
    sent(role, true).layers.map((layer) => [
      role,
      `${layer.width}×${layer.height}`,
      whole(layer.frameRate),
      whole(layer.limit),
      bitsPerPixel(layer, layer.limit).toFixed(3),
      whole(estimatedRate(layer)),
      least(layer),
    ]),
  );
  return markdownTable(heads, rows, [2, 3, 4, 5, 6]);
}

function linesTable(): string {
  const heads = [
    'who',
    'agent’s video',
    'up, kbit/s',
    'down, kbit/s',
    'up, MB a minute',
    'down, MB a minute',
    'least up',
    'least down',
  ];
  const rows = [true, false].flatMap((agentVideo) => {
    const agent = sent('agent', agentVideo);
    const customer = sent('customer', agentVideo);
    const recorder = sent('recorder', agentVideo);
    const row = (who: string, sends: Load, gets: Load): string[] => [
      who,
      agentVideo ? 'on' : 'off',
      whole(sends.full),
      whole(gets.full),
      one(sends.megabytes),
      one(gets.megabytes),
      whole(sends.least),
      whole(gets.least),
    ];
    return [
      row('customer', up(customer), down([agent])),
      row('agent', up(agent), down([customer])),
      row('recorder', up(recorder), down([agent, customer])),
    ];
  });
  return markdownTable(heads, rows, [2, 3, 4, 5, 6, 7]);
}

function least(picture: Pick<Picture, 'width' | 'height'>): string {
  const rate = leastRate(picture);
  return rate === undefined ? '—' : whole(rate);
}

/** Bitrates are no matter of choice, so whose template and bucket it is makes no difference. */
function sent(role: string, agentVideo: boolean): Sent {
  const choices: TemplateChoices = {
    ouid: 'any',
    agentVideo,
    recording: 'composite',
    autoStart: true,
    region: 'in',
    bucket: { type: 's3', location: '', prefix: '', region: '' },
    videoAlwaysEnabledAt: undefined,
  };
  return sentBy(declaredTemplate(choices, { key: '', secret: '' }).template, role);
}
