import { Script } from 'node:vm';
import { takeReview, until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { inCall, openBank, passTasks, stateOf } from '../api/cases';
import { Chromium, findChromium } from '../support/chromium';
import { startStack, type Stack } from '../support/stack';
import { exampleCode, serveCallPages, type CallPages, type Report } from './call-page';

/** What each page does with the example; who it is and where its join is stands in the address. */
const PAGE = `
  const { who, join: path, token, recordings } = Object.fromEntries(new URLSearchParams(location.search));
  const tell = (report) => fetch('/report', { method: 'POST', body: JSON.stringify({ who, ...report }) });
  const headers = { authorization: 'Bearer ' + token };
  const join = async () => (await fetch(path, { method: 'POST', headers })).json();
  const seen = (video) => new Promise((resolve) => {
    const look = () => video.videoWidth > 0 && video.currentTime > 0.5 ? resolve() : setTimeout(look, 50);
    look();
  });
  (async () => {
    const media = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    let recording = false;
    const onRemote = async (stream) => {
      const video = document.getElementById('there');
      video.srcObject = stream;
      await seen(video);
      await tell({ sees: video.videoWidth + 'x' + video.videoHeight });
      if (!recordings || recording) return;
      recording = true;
      const stop = await recordCall({ path: recordings, headers, mine: media, theirs: stream });
      setTimeout(async () => tell({ recorded: await stop() }), 6000);
    };
    await localCall({ join, media, onRemote, onEnd: () => tell({ ended: true }) });
  })().catch((error) => tell({ error: String(error) }));
`;

it('the example of docs/video-local.md is JavaScript', () => {
  expect(exampleCode()).toContain('async function localCall(');
  expect(() => new Script(exampleCode())).not.toThrow();
});

// Two browsers of this machine, where it has one.
for (const executable of [findChromium() ?? ''].filter((path) => path !== '')) {
  describe('in a browser', () => {
    let stack: Stack;
    let pages: CallPages;
    const browsers: Chromium[] = [];
    beforeAll(async () => {
      stack = await startStack();
      pages = await serveCallPages(stack.url, PAGE);
    }, 120_000);
    afterAll(async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
      await pages.close();
      await stack.stop();
    });

    const open = async (who: string, by: ApiClient, join: string, recordings = '') => {
      const query = new URLSearchParams({ who, token: by.token, join, recordings });
      browsers.push(await Chromium.open(executable, `${pages.url}/?${query.toString()}`));
    };
    const told = (who: string, what: string): Promise<Report> =>
      until(
        `${who} to tell of ${what}; told were ${JSON.stringify(pages.reports)}`,
        () => Promise.resolve(pages.reports.find((it) => it['who'] === who && what in it)),
        90_000,
      );

    it('two pages see each other, one records, and the reviewer has the file', async () => {
      const { client, agent, reviewer } = await openBank(stack, 'bank-browser');
      const { customer, profileId, avSessionId } = await inCall(client, agent, 'browser');
      const session = `/v1/av-sessions/${avSessionId}`;
      await open('agent', agent, `${session}/join`, `${session}/recordings`);
      await open('customer', customer, '/v1/capture/call/join');
      expect((await told('agent', 'sees'))['sees']).toMatch(/^\d{2,}x\d{2,}$/);
      expect((await told('customer', 'sees'))['sees']).toMatch(/^\d{2,}x\d{2,}$/);
      const { recorded } = (await told('agent', 'recorded')) as {
        recorded?: { bytes: number; sha256: string };
      };
      await passTasks(agent, avSessionId);
      await agent.post(`${session}/end`);
      await Promise.all([told('agent', 'ended'), told('customer', 'ended')]);
      const av = (await stateOf(stack, profileId)).avSessions.at(-1);
      expect(new Set(av?.peers?.map(({ who }) => who))).toEqual(new Set(['AGENT', 'CUSTOMER']));
      const { bytes, sha256 } = recorded ?? {};
      expect(av?.recording).toMatchObject({ state: 'RECORDED', files: [{ bytes, sha256 }] });
      await agent.post(`${session}/decision`, { decision: 'APPROVED' });
      await takeReview(reviewer);
      const { files } = await reviewer.get<{ files: { url: string }[] }>(
        `/v1/profiles/${profileId}${session.replace('/v1', '')}/recording`,
      );
      const { pathname } = new URL(files[0]?.url ?? '');
      const file = Buffer.from(await (await fetch(stack.url + pathname)).arrayBuffer());
      expect(file.length).toBe(bytes);
      expect(file.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
      expect(pages.reports.filter((report) => 'error' in report)).toEqual([]);
    }, 240_000);
  });
}
