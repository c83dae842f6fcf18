import type { Stage } from '../run/stage';
import type { GoodClient } from './good-client';
import { Pace, unlessOvertaken } from './pace';

interface ListedCases {
  readonly items: readonly { readonly profileId: string }[];
}

const SHORTEST_MS = 700;
const LONGEST_MS = 1_500;

/** The supervisor: holds cases, looks through his list of held ones, moves reviews. */
export class SupervisorActor {
  constructor(
    private readonly api: GoodClient,
    private readonly reviewers: readonly string[],
  ) {}

  async hold(profileId: string): Promise<void> {
    await this.send('hold', profileId, 'hold', {});
  }

  /** Takes a review from `reviewerId` and gives it to another. */
  async giveToAnother(profileId: string, reviewerId: string): Promise<void> {
    const other = this.reviewers.find((id) => id !== reviewerId);
    if (other === undefined) throw new Error('there is no other reviewer to give a review to');
    await this.send('assignReview', profileId, 'reviewer', { reviewerId: other });
  }

  /** Lets everything on hold go on that he finds on his list, until the stage is over. */
  async work(stage: Stage): Promise<void> {
    const pace = new Pace(SHORTEST_MS, LONGEST_MS, this.api.surroundings.signal);
    while (!stage.over) {
      await pace.pause();
      if (!stage.statuses().includes('ON_HOLD')) continue;
      const { items } = await this.api.get<ListedCases>(
        '/v1/supervision/profiles?status=ON_HOLD&limit=200',
      );
      for (const { profileId } of items.filter((item) => stage.mayRelease(item.profileId))) {
        await this.send('release', profileId, 'release', {});
      }
    }
  }

  /** Whatever has moved on before him is not his any more. */
  private async send(
    command: 'hold' | 'release' | 'assignReview',
    profileId: string,
    route: string,
    json: object,
  ): Promise<void> {
    const path = `/v1/supervision/profiles/${profileId}/${route}`;
    await unlessOvertaken(() => this.api.command({ command, path, profileId, json }));
  }
}
