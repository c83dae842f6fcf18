import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogClient, insertInto, type LogClient } from '../../clickhouse/client';
import { inventedCustomer, until } from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { png, request } from '../api/http';
import { startStack, type Stack } from '../support/stack';
import { EntryProcess } from './entry-process';
import { journeySteps } from './journey-steps';
import { files, histories, leaks, marksIn, tables } from './marks';

const OUID = 'bank-quiet';
const DETAILS = {
  name: 'Zyxanna Markworthy',
  dob: '1971-03-09',
  email: 'zyxanna.q@markworthy.example',
  phone: '+919123498761',
  panNumber: 'ZYXPM4913Q',
  aadhaarLast4: '7391',
  address: {
    line1: '7 Quellmark Lane',
    line2: 'Behind Zyxmill',
    city: 'Markapuram',
    state: 'Zyxanadu',
    postalCode: '523316',
    country: 'IN',
  },
};
const REMARKS = ['maker saw Zyxremark Alpha', 'checker saw Zyxremark Beta'] as const;
const DOCUMENT = 'zyx-document-bytes-';
const texts = (value: object): string[] =>
  Object.values(value).flatMap((one: unknown) =>
    typeof one === 'object' && one !== null ? texts(one) : [String(one)],
  );
/** Four digits and "IN" are found anywhere: they stand with their neighbours in the same blob. */
const MARKS = [
  ...texts(DETAILS).filter((text) => text.length > 4),
  ...REMARKS,
  DOCUMENT,
  'Zyxunsaved',
  'Zyxintruder',
];

let stack: Stack;
let log: LogClient;
let worker: EntryProcess;
let api: EntryProcess;
beforeAll(async () => {
  stack = await startStack({ worker: false });
  log = createLogClient(stack.config.clickhouse);
  worker = new EntryProcess('workers/main', stack);
  api = new EntryProcess('api/main', stack);
  worker.start();
  api.start();
  await Promise.all([worker.ready(), api.ready()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([worker.stop(), api.stop()]);
  await log.close();
  await stack.stop();
});

async function everywhere(): Promise<Map<string, Buffer>> {
  return new Map([
    ...(await histories(stack)),
    ...(await tables(log, stack.config.clickhouse.database)),
    ...files(stack.config.blobDir),
    ...files(stack.config.videoDir),
    ['output of the worker', Buffer.from(worker.output)],
    ['output of the API', Buffer.from(api.output)],
  ]);
}

/** What goes wrong says most: requests that are refused, broken off or answered with a failure. */
async function wrongRequests(url: string, token: string, profileId: string): Promise<void> {
  const details = { ...DETAILS, name: 'Zyxunsaved' };
  const wrong = [
    { ...inventedCustomer('quiet'), details },
    { ...inventedCustomer('quiet-2'), details: { ...details, dob: DETAILS.name } },
    { ...inventedCustomer(DETAILS.panNumber), details },
    { ...inventedCustomer('quiet-3'), details, [DETAILS.name]: DETAILS.email },
  ];
  for (const json of wrong)
    expect((await request(url, 'POST', '/v1/profiles', { token, json })).status).toBeGreaterThan(
      400,
    );
  await request(url, 'POST', '/v1/profiles', {
    token,
    type: 'application/json',
    body: `{"name":"${DETAILS.name}`,
  });
  await request(url, 'POST', `/v1/profiles/${encodeURIComponent(DETAILS.name)}/cancel`, {
    token,
    json: { cancelReason: DETAILS.email },
  });
  await request(url, 'GET', `/v1/profiles?queueId=${encodeURIComponent(DETAILS.name)}`, { token });
  await request(url, 'POST', '/v1/capture/documents?kind=PAN_CARD', {
    token: DETAILS.panNumber,
    type: 'image/png',
    body: png(DOCUMENT),
  });
  await request(url, 'POST', `/v1/profiles/${profileId}/cancel`, {
    token,
    key: DETAILS.panNumber,
    json: { cancelReason: 'CLIENT_REQUEST' },
  });
  const agent = await stack.staff(OUID, 'AGENT', 'agent-2');
  for (const offer of ['Zyxintruder', `${profileId}.Zyxintruder`, `${profileId}.o1Zyxintruder`]) {
    for (const verb of ['accept', 'decline'])
      await request(url, 'POST', `/v1/offers/${offer}/${verb}`, { token: agent.token });
  }
  await stack.clickhouse.kill();
  const failed = await request(url, 'POST', '/v1/profiles', {
    token,
    json: { ...inventedCustomer('quiet-4'), details },
  });
  expect(failed.status).toBe(503);
  await stack.clickhouse.start();
}

/** The reads are where it comes out of the vault. */
async function readThem(agent: ApiClient, url: string, profileId: string): Promise<void> {
  await expect(agent.get(`/v1/profiles/${profileId}/details`)).resolves.toEqual(DETAILS);
  const path = `/v1/profiles/${profileId}/documents/${profileId}.d1/content`;
  const { text } = await request(url, 'GET', path, { token: agent.token });
  expect(marksIn(Buffer.from(text), [DOCUMENT])).toEqual([DOCUMENT]);
}

it('keeps personal data in the vault, encrypted, and nowhere else', async () => {
  const client = await stack.organization(OUID);
  const { url = '' } = await api.ready();
  const outside = new ApiClient(url, client.token);
  const { steps, profileId } = await journeySteps(stack, outside, OUID, {
    reference: 'quiet',
    details: DETAILS,
    document: (kind) => png(DOCUMENT + kind, 4_096),
    makerRemark: REMARKS[0],
    checkerRemark: REMARKS[1],
  });
  const agent = new ApiClient(url, (await stack.staff(OUID, 'AGENT', 'agent-1')).token);
  for (const step of steps) {
    await step.run();
    if (step.name === 'agent joins') await readThem(agent, url, profileId());
  }
  await wrongRequests(url, client.token, profileId());
  await stack.client.workflow.getHandle(`profile/${profileId()}`).result();

  const places = await everywhere();
  expect([...places.keys()].filter((place) => place.startsWith('workflow'))).toHaveLength(3);
  expect([...places.keys()].filter((place) => place.startsWith('table')).length).toBeGreaterThan(5);
  expect([...places.keys()].filter((place) => place.startsWith('file')).length).toBeGreaterThan(7);
  expect(places.get('output of the API')?.length).toBeGreaterThan(0);
  expect(leaks(places, MARKS)).toEqual([]);
}, 120_000);

it('would find a leak in each of these places', async () => {
  await stack.client.workflow.start('nobody', {
    taskQueue: 'none',
    workflowId: 'leak',
    args: [{ name: DETAILS.name }],
  });
  await insertInto(log)(
    'quarantine',
    ['ouid', 'row'],
    [{ ouid: OUID, row: `{"pan":"${DETAILS.panNumber}"}` }],
  );
  await mkdir(join(stack.config.blobDir, 'planted'));
  await writeFile(
    join(stack.config.blobDir, 'planted', 'plain'),
    Buffer.from(`x${REMARKS[0]}`).toString('base64'),
  );
  api.output += DETAILS.email.toUpperCase();
  worker.output += Buffer.from(DETAILS.address.line1).toString('hex');
  // Visibility follows a little later than the run.
  const places = await until('the list to have it', async () => {
    const found = await everywhere();
    return found.has('workflow leak') ? found : undefined;
  });
  expect(leaks(places, MARKS).sort()).toEqual(
    [
      `${DETAILS.address.line1} in output of the worker`,
      `${DETAILS.name} in workflow leak`,
      `${DETAILS.panNumber} in table quarantine`,
      `${DETAILS.email} in output of the API`,
      `${REMARKS[0]} in file planted/plain`,
    ].sort(),
  );
});

it.each([
  ['plain', `a ${REMARKS[0]} b`],
  ['in capitals', REMARKS[0].toUpperCase()],
  ['in an address', encodeURIComponent(REMARKS[0])],
  ['in hex', Buffer.from(REMARKS[0]).toString('hex')],
  ['in base64', Buffer.from(`{"remark":"${REMARKS[0]}"}`).toString('base64')],
  ['in base64url', Buffer.from(`??${REMARKS[0]}`).toString('base64url')],
])('knows a mark %s', (_, text) => {
  expect(marksIn(Buffer.from(text), [REMARKS[0], REMARKS[1]])).toEqual([REMARKS[0]]);
});
