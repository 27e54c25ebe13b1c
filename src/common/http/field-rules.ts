import { Transform } from 'class-transformer';
import { isISO8601, ValidateBy, ValidateIf } from 'class-validator';
import { isLocalDay, isTimeZone } from '../time/index.js';

/** ISO 8601 with date, time and offset; what lies in between is checked by `isISO8601`. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** The field may be left out, but not be null: `IsOptional` lets null through. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Takes blanks off both ends before anything is checked. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** `true` and `false` as a query writes them. */
export const FromQueryFlag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** A text that PostgreSQL can store and a log line can show: no control characters, no half surrogate pairs. */
export const IsPlainText = (minLength: number, maxLength: number): PropertyDecorator =>
  rule('isPlainText', `must be a text of ${minLength} to ${maxLength} characters without control characters`, (text) => {
    return text.length >= minLength && text.length <= maxLength && !/[\p{Cc}\p{Cs}]/u.test(text);
  });

/** An instant: ISO 8601 with an offset, a date that exists. */
export const IsInstant = (): PropertyDecorator =>
  rule('isInstant', 'must be a time with an offset such as 2026-03-01T09:30:00Z', (text) => {
    return INSTANT.test(text) && isISO8601(text, { strict: true }) && !Number.isNaN(Date.parse(text));
  });

/** A date that exists in the calendar. */
export const IsCalendarDate = (): PropertyDecorator => rule('isDate', 'must be a date such as 2026-03-01', isLocalDay);

export const IsIanaZone = (): PropertyDecorator =>
  rule('isIanaZone', 'must be an IANA time zone such as Europe/Berlin', isTimeZone);

/** A rule on texts with one message; what is no text breaks it. */
function rule(name: string, message: string, holds: (text: string) => boolean): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && holds(value),
      defaultMessage: () => message,
    },
  });
}
