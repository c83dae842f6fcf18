import { type EmulatedRoom, emulatedRoom } from '../../../test/emulator/emulated-room';
import { type Emulator, startEmulator } from '../../../test/emulator/emulator';
import type { VideoErrorCode } from '../../ports/video-provider';
import { HundredMsRecords } from './records';

let emulator: Emulator;
let room: EmulatedRoom;
let records: HundredMsRecords;
const failsWith = (code: VideoErrorCode): unknown =>
  expect.objectContaining({ name: 'VideoError', code });

beforeEach(async () => {
  emulator = await startEmulator();
  room = await emulatedRoom(emulator);
  records = new HundredMsRecords(room.client);
});
afterEach(() => emulator.close());

it('knows no address of a file that is not there any more', async () => {
  const gone = records.recordingLinks(room.id, ['s3://bucket/gone.mp4'], 60);
  await expect(gone).rejects.toEqual(failsWith('FILE_UNKNOWN'));
});

it('says that the service is away, of whichever of its calls', async () => {
  const body = '<html>unavailable</html>';
  for (const call of ['GET /sessions', 'GET /recording-assets']) {
    emulator.faults.add(call, { kind: 'answer', status: 503, body });
    await expect(records.lookAt(room.id)).rejects.toEqual(failsWith('UNAVAILABLE'));
  }
  expect(await records.lookAt(room.id)).toEqual([]);
});
