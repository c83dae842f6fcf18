import type { TaskCheck } from '../../src/domain/policy';
import { isForbiddenReference } from '../../src/details/reference';
import { fieldProblem } from '../common/problem';
import type { TaskCheckDto } from './av-session.dto';

/** The check a request means, and the title its task gets: made from the product's words, not from text. */
export function taskCheck({ kind, field, document, questionId }: TaskCheckDto): {
  check: TaskCheck;
  title: string;
} {
  switch (kind) {
    case 'DETAIL':
      if (field === undefined) throw fieldProblem('check.field', 'is needed with DETAIL');
      return { check: { kind, field }, title: `Check ${field}` };
    case 'DOCUMENT':
      if (document === undefined) throw fieldProblem('check.document', 'is needed with DOCUMENT');
      return { check: { kind, document }, title: `Check ${document}` };
    case 'QUESTION':
      if (questionId === undefined)
        throw fieldProblem('check.questionId', 'is needed with QUESTION');
      // It stands in clear in the title of the task, in Temporal and in the log.
      if (isForbiddenReference(questionId))
        throw fieldProblem('check.questionId', 'must not say who the customer is');
      return { check: { kind, questionId }, title: `Ask ${questionId}` };
  }
}
