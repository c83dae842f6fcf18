import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { NotAadhaar } from './not-aadhaar';

interface Common {
  readonly optional?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

/** A field's rules and its documentation from one declaration, so that they cannot differ. */
function field(
  options: Common,
  schema: Record<string, unknown>,
  rules: PropertyDecorator[],
): PropertyDecorator {
  const { optional = false, ...documented } = options;
  const required = optional ? [IsOptional()] : [];
  return applyDecorators(
    ApiProperty({ ...documented, ...schema, required: !optional }),
    ...required,
    ...rules,
  );
}

/** Text; never one that contains a full Aadhaar number. */
export function TextField(
  options: Common & { min?: number; max: number; pattern?: RegExp },
): PropertyDecorator {
  const { min = 1, max, pattern, ...rest } = options;
  return field(
    rest,
    { type: String, minLength: min, maxLength: max, ...(pattern && { pattern: pattern.source }) },
    [IsString(), Length(min, max), NotAadhaar(), ...(pattern ? [Matches(pattern)] : [])],
  );
}

export function ChoiceField(options: Common & { of: readonly string[] }): PropertyDecorator {
  const { of, ...rest } = options;
  return field(rest, { type: String, enum: [...of] }, [IsIn([...of])]);
}

export function FlagField(options: Common = {}): PropertyDecorator {
  return field(options, { type: Boolean }, [IsBoolean()]);
}

export function CountField(options: Common & { min: number; max: number }): PropertyDecorator {
  const { min, max, ...rest } = options;
  return field(rest, { type: 'integer', minimum: min, maximum: max }, [
    Type(() => Number),
    IsInt(),
    Min(min),
    Max(max),
  ]);
}

export function TextListField(
  options: Common & { maxItems: number; pattern: RegExp },
): PropertyDecorator {
  const { maxItems, pattern, ...rest } = options;
  return field(
    rest,
    { type: 'array', items: { type: 'string', pattern: pattern.source }, maxItems },
    [IsArray(), ArrayMaxSize(maxItems), IsString({ each: true }), Matches(pattern, { each: true })],
  );
}
