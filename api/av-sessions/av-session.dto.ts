import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import {
  DETAIL_FIELDS,
  DOCUMENT_KINDS,
  MAKER_DECISIONS,
  VERDICTS,
  type DetailField,
  type DocumentKind,
  type MakerDecision,
  type Verdict,
} from '../../src/domain/words';
import { ChoiceField, FlagField, IdField, TextField } from '../common/fields';

const REASON = /^[A-Z0-9_]{3,60}$/;

export class VerdictDto {
  @ChoiceField({ of: VERDICTS })
  verdict!: Verdict;
}

export class MakerDecisionDto {
  @ChoiceField({ of: MAKER_DECISIONS })
  decision!: MakerDecision;

  @TextField({
    max: 60,
    pattern: REASON,
    optional: true,
    description: 'From the catalogue; needed for REJECTED and UTV.',
  })
  reason?: string;

  @TextField({
    min: 3,
    max: 2_000,
    optional: true,
    description: 'Needed for REJECTED. Stored encrypted.',
  })
  remark?: string;
}

/** What a task checks: a detail, a kind of document, or a question of the bank. */
export class TaskCheckDto {
  @ChoiceField({ of: ['DETAIL', 'DOCUMENT', 'QUESTION'] })
  kind!: 'DETAIL' | 'DOCUMENT' | 'QUESTION';

  @ChoiceField({ of: DETAIL_FIELDS, optional: true, description: 'With DETAIL.' })
  field?: DetailField;

  @ChoiceField({ of: DOCUMENT_KINDS, optional: true, description: 'With DOCUMENT.' })
  document?: DocumentKind;

  @TextField({ max: 60, pattern: /^[a-z0-9-]+$/, optional: true, description: 'With QUESTION.' })
  questionId?: string;
}

export class AddTaskDto {
  @ApiProperty({ type: TaskCheckDto })
  // An array passes ValidateNested, each of its none.
  @IsObject()
  @ValidateNested()
  @Type(() => TaskCheckDto)
  check!: TaskCheckDto;

  @FlagField()
  mandatory!: boolean;
}

export class CaptureRequestDto {
  @IdField({
    max: 60,
    pattern: /^[0-9a-f-]{36}\.\d{1,6}\.t\d{1,6}$/,
    description: 'What it is for.',
  })
  taskId!: string;

  @ChoiceField({ of: DOCUMENT_KINDS })
  kind!: DocumentKind;
}

export class ImageQueryDto {
  @ChoiceField({ of: DOCUMENT_KINDS })
  kind!: DocumentKind;
}

export class RecorderJoinDto {
  @IdField({
    max: 4_096,
    pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/,
    description: 'What stands behind `#code=` in the page’s address.',
  })
  code!: string;
}
