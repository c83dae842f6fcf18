import { Module } from '@nestjs/common';
import { CaptureLinks } from './capture-links';
import { DecisionTokensController } from './decision-tokens.controller';
import { PersonalDataController } from './personal-data.controller';
import { ProfileCreation } from './profile-creation';
import { ProfilesController } from './profiles.controller';
import { RecordingsController } from './recordings.controller';

@Module({
  controllers: [
    ProfilesController,
    PersonalDataController,
    DecisionTokensController,
    RecordingsController,
  ],
  providers: [CaptureLinks, ProfileCreation],
})
export class ProfilesModule {}
