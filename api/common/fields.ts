import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { NotAadhaar } from './not-aadhaar';

/** No control characters but line breaks and tabs, no halves of characters: nothing that breaks a log, a page or UTF-8. */
const CLEAN = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;

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
  // Absent, not null: class-validator's IsOptional would let null through to code that knows none.
  const required = optional ? [ValidateIf((_, value) => value !== undefined)] : [];
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
    [
      IsString(),
      Length(min, max),
      NotAadhaar(),
      Matches(CLEAN, { message: '$property must not contain control characters' }),
      ...(pattern ? [Matches(pattern)] : []),
    ],
  );
}

/**
 * What a machine made: an id, a hash, a token, a cursor. Its pattern leaves no room for a text, and
 * it is not searched for an Aadhaar number: one UUID in 3,500 ends in twelve digits that pass for one.
 */
export function IdField(options: Common & { max: number; pattern: RegExp }): PropertyDecorator {
  const { max, pattern, ...rest } = options;
  return field(rest, { type: String, minLength: 1, maxLength: max, pattern: pattern.source }, [
    IsString(),
    Length(1, max),
    Matches(pattern),
  ]);
}

export function ChoiceField(options: Common & { of: readonly string[] }): PropertyDecorator {
  const { of, ...rest } = options;
  return field(rest, { type: String, enum: [...of] }, [IsIn([...of])]);
}

export function FlagField(options: Common = {}): PropertyDecorator {
  return field(options, { type: Boolean }, [IsBoolean()]);
}

/** A whole number in a query, which has only text. */
export function CountField(options: Common & { min: number; max: number }): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => wholeNumber(value)),
    NumberField(options),
  );
}

/** A whole number in a JSON body. */
export function NumberField(options: Common & { min: number; max: number }): PropertyDecorator {
  const { min, max, ...rest } = options;
  return field(rest, { type: 'integer', minimum: min, maximum: max }, [
    IsInt(),
    Min(min),
    Max(max),
  ]);
}

/** A number that was measured: it may have a fraction. */
export function MeasureField(options: Common & { min: number; max: number }): PropertyDecorator {
  const { min, max, ...rest } = options;
  return field(rest, { type: 'number', minimum: min, maximum: max }, [
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(min),
    Max(max),
  ]);
}

/** A query's text as the number it is written as; anything else stays as it is and is refused. */
function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

export function TextListField(
  options: Common & { maxItems: number; pattern: RegExp },
): PropertyDecorator {
  const { maxItems, pattern, ...rest } = options;
  return field(
    rest,
    { type: 'array', items: { type: 'string', pattern: pattern.source }, maxItems },
    [
      IsArray(),
      ArrayMaxSize(maxItems),
      IsString({ each: true }),
      Matches(pattern, { each: true }),
      NotAadhaar(),
    ],
  );
}
