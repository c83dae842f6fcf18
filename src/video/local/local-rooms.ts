import type { ProfileVault } from '../../blobs/profile-vault';
import type { Tokens } from '../../tokens/tokens';
import { RoomJournal } from './journal';
import { LocalRecords } from './local-records';
import { Mailbox } from './mailbox';
import { LocalPresence } from './presence';
import { LocalRecordings } from './recordings';
import { RoomFiles } from './room-files';

/** All parts of the local provider on one directory. */
export class LocalRooms {
  readonly files: RoomFiles;
  readonly journal: RoomJournal;
  readonly mailbox: Mailbox;
  readonly presence: LocalPresence;

  constructor(
    directory: string,
    private readonly now: () => number,
  ) {
    this.files = new RoomFiles(directory);
    this.journal = new RoomJournal(this.files);
    this.mailbox = new Mailbox(this.files);
    this.presence = new LocalPresence(this.files, this.journal, this.mailbox, now);
  }

  recordings(vault: ProfileVault): LocalRecordings {
    return new LocalRecordings(this.files, this.journal, vault, this.now);
  }

  records(tokens: Tokens, publicUrl: string): LocalRecords {
    return new LocalRecords(this.files, this.journal, this.presence, tokens, publicUrl, this.now);
  }
}
