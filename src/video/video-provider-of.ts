import type { Config } from '../config';
import type { VideoProvider } from '../ports/video-provider';
import type { VideoRecords } from '../ports/video-records';
import type { Tokens } from '../tokens/tokens';
import { HundredMsClient } from './hundredms/client';
import { HundredMsRecords } from './hundredms/records';
import { HundredMsVideoProvider } from './hundredms/hundredms-video';
import { LocalVideoProvider } from './local-video';

/** The adapter that the configuration names. */
export function videoProviderOf(config: Config, tokens: Tokens): VideoProvider {
  const { hundredms } = config;
  if (!hundredms) return new LocalVideoProvider(config.videoDir, tokens, Date.now);
  return new HundredMsVideoProvider(new HundredMsClient(hundredms), hundredms.templates, Date.now);
}

/** What its service remembers of calls; undefined where nobody but us knows. */
export function videoRecordsOf({ hundredms }: Config): VideoRecords | undefined {
  return hundredms && new HundredMsRecords(new HundredMsClient(hundredms));
}
