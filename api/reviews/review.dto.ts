import { OVERRIDE_REASONS, type OverrideReason } from '../../src/domain/reasons';
import {
  CHECKER_DECISIONS,
  SEND_BACK_TO,
  VERDICTS,
  type CheckerDecision,
  type SendBackTo,
  type Verdict,
} from '../../src/domain/words';
import { ChoiceField, IdField, TextField } from '../common/fields';
import { PageDto } from '../common/page.dto';

export class ReviewVerdictDto {
  @IdField({
    max: 80,
    pattern: /^[0-9a-f-]{36}\.d\d{1,6}$/,
    optional: true,
    description: 'One of documentId and taskId.',
  })
  documentId?: string;

  @IdField({ max: 80, pattern: /^[0-9a-f-]{36}\.\d{1,6}\.t\d{1,6}$/, optional: true })
  taskId?: string;

  @ChoiceField({ of: VERDICTS })
  verdict!: Verdict;
}

export class CheckerDecisionDto {
  @ChoiceField({ of: CHECKER_DECISIONS })
  decision!: CheckerDecision;

  @ChoiceField({ of: SEND_BACK_TO, optional: true, description: 'Needed with SENT_BACK.' })
  sendBackTo?: SendBackTo;

  @TextField({
    max: 60,
    pattern: /^[A-Z0-9_]{3,60}$/,
    optional: true,
    description: 'From the catalogue; needed for REJECTED and SENT_BACK.',
  })
  reason?: string;

  @ChoiceField({
    of: OVERRIDE_REASONS,
    optional: true,
    description: 'Needed when deciding against the maker.',
  })
  overrideReason?: OverrideReason;

  @TextField({
    min: 3,
    max: 2_000,
    optional: true,
    description: 'Needed for REJECTED and SENT_BACK. Stored encrypted.',
  })
  remark?: string;
}

export class ListReviewsDto extends PageDto {
  @ChoiceField({ of: ['REVIEW_PENDING', 'IN_REVIEW'], optional: true })
  status?: 'REVIEW_PENDING' | 'IN_REVIEW';
}
