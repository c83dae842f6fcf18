import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';

class FieldProblemDto {
  @ApiProperty()
  field!: string;

  @ApiProperty()
  message!: string;
}

/** RFC 9457, as every error answers. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:video-kyc:problem:WRONG_STATUS' })
  type!: string;

  @ApiProperty({ example: 'Conflict' })
  title!: string;

  @ApiProperty({ example: 409 })
  status!: number;

  @ApiProperty({ example: 'WRONG_STATUS', description: 'Stable; docs/errors.md lists them all.' })
  code!: string;

  @ApiProperty()
  detail!: string;

  @ApiProperty()
  instance!: string;

  @ApiProperty()
  requestId!: string;

  @ApiProperty({ type: [FieldProblemDto], required: false })
  errors?: FieldProblemDto[];

  @ApiProperty({ required: false, description: 'Of the case a conflict is about.' })
  profileId?: string;
}

/** Documents the errors a route can answer. */
export function AnswersProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: 'A problem document.',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } },
        },
      }),
    ),
  );
}
