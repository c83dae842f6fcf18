import { type LogClient, select } from './client';
import { KEPT } from './kept';

/**
 * When the newest event the log knows of an organization's cases happened; '' when it knows none. Asked
 * before a list is read, so that the list holds at least what it says.
 */
export async function newestEvent(client: LogClient, ouid: string): Promise<string> {
  const [newest] = await select<{ readonly at: string; readonly known: string }>(
    client,
    `SELECT max(updated_at) AS at, count() AS known FROM profiles
     WHERE ${KEPT}`,
    { ouid },
  );
  return newest && Number(newest.known) > 0 ? newest.at : '';
}
