import { type ArgumentMetadata } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { type InvalidInputError } from '../errors.js';
import { FromQueryFlag, IsIanaZone, IsInstant, IsPlainText, MayBeAbsent, Trimmed } from './field-rules.js';
import { PageQueryDto } from './page-query.dto.js';
import { createValidationPipe } from './validation.pipe.js';

class Stretch {
  @IsPlainText(1, 5)
  from: string;
}

class Body {
  @Trimmed()
  @IsPlainText(1, 10)
  name: string;

  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(9)
  count?: number;

  @IsOptional()
  @IsInstant()
  at?: string | null;

  @MayBeAbsent()
  @IsIanaZone()
  zone?: string;

  @MayBeAbsent()
  @FromQueryFlag()
  flag?: boolean;

  @MayBeAbsent()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Stretch)
  hours?: Stretch[];
}

const pipe = createValidationPipe();

async function check(value: unknown, metatype: ArgumentMetadata['metatype'] = Body): Promise<unknown> {
  return (await pipe.transform(value, { type: 'body', metatype })) as unknown;
}

async function fieldsOf(value: unknown, metatype?: ArgumentMetadata['metatype']): Promise<unknown> {
  try {
    await check(value, metatype);
    return [];
  } catch (error) {
    return (error as InvalidInputError).errors;
  }
}

describe('the validation pipe', () => {
  it('trims, converts and passes what is right', async () => {
    const body = { name: '  Acme ', count: 9, at: null, zone: 'Europe/Berlin', flag: 'true', hours: [{ from: '22:00' }] };
    await expect(check(body)).resolves.toEqual({ ...body, name: 'Acme', flag: true });
    await expect(check({ limit: '7' }, PageQueryDto)).resolves.toEqual({ limit: 7 });
    await expect(check({}, PageQueryDto)).resolves.toEqual({ limit: 50 });
  });

  it('names every bad field by its path, once, with what would be right', async () => {
    await expect(
      fieldsOf({ name: '', count: 10, at: '2026-02-30T00:00:00Z', zone: '+01:00', hours: [{ from: 7 }] }),
    ).resolves.toEqual([
      { field: 'name', message: 'must be a text of 1 to 10 characters without control characters' },
      { field: 'count', message: 'must not be greater than 9' },
      { field: 'at', message: 'must be a time with an offset such as 2026-03-01T09:30:00Z' },
      { field: 'zone', message: 'must be an IANA time zone such as Europe/Berlin' },
      { field: 'hours[0].from', message: 'must be a text of 1 to 5 characters without control characters' },
    ]);
  });

  it('says that something is no number before it says that it is too large', async () => {
    await expect(fieldsOf({ limit: 'many' }, PageQueryDto)).resolves.toEqual([
      { field: 'limit', message: 'must be an integer number' },
    ]);
  });

  it('refuses fields that nobody knows, by name', async () => {
    await expect(fieldsOf({ name: 'A', nmae: 'B', hours: [{ from: 'x', till: 'y' }] })).resolves.toEqual([
      { field: 'nmae', message: 'is not a known field' },
      { field: 'hours[0].till', message: 'is not a known field' },
    ]);
  });

  it('tells a field that is absent from one that is null', async () => {
    await expect(fieldsOf({ name: 'A', count: null })).resolves.toEqual([
      { field: 'count', message: 'must be an integer number' },
    ]);
  });

  it.each(['a\u0000b', 'a\nb', '\ud800'])('refuses texts that cannot be stored or shown', async (name) => {
    await expect(fieldsOf({ name })).resolves.toHaveLength(1);
  });

  it.each(['2026-03-01', '2026-03-01T09:30:00', '2026-W09-1T00:00:00Z', '2026-13-01T00:00:00Z', 'soon', 5])(
    'refuses %s as an instant',
    async (at) => {
      await expect(fieldsOf({ name: 'A', at })).resolves.toEqual([expect.objectContaining({ field: 'at' })]);
    },
  );
});
