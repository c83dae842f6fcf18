import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import * as c from '../../../workflows/contracts';

/** Takes a desk's updates and counts their commands: less is not Temporal. */
export async function bareDesk(): Promise<void> {
  let count = 0;
  setHandler(
    defineUpdate<c.DeskResult[], [readonly c.DeskCommand[]]>(c.DESK_UPDATE),
    (commands) => {
      count += commands.length;
      return commands.map(() => ({ ok: true }));
    },
  );
  await condition(() => count < 0);
}
