import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine; undefined when it has none. */
export function findChromium(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => places.map((place) => join(place, name))).find(existsSync);
}

/** A headless browser with a fake camera and microphone, on one page. */
export class Chromium {
  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {}

  static async open(executable: string, url: string): Promise<Chromium> {
    const profile = await mkdtemp(join(tmpdir(), 'vkyc-chromium-'));
    const flags = [
      '--headless=new',
      '--no-sandbox', // as root, in a container, it starts no other way
      '--disable-gpu',
      '--no-first-run',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      // Nothing answers for names in .local on a test machine.
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      `--user-data-dir=${profile}`,
    ];
    return new Chromium(spawn(executable, [...flags, url], { stdio: 'ignore' }), profile);
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const closed = once(this.child, 'close');
      this.child.kill('SIGKILL');
      await closed;
    }
    // Its own children end a moment later, and write until then.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
