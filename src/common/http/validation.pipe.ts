import { ValidationPipe } from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { type FieldError, InvalidInputError } from '../errors.js';

/**
 * Checks bodies, queries and path parameters against their DTO. Fields that the DTO does not know are refused by name.
 * Query values are text: a numeric DTO field needs `@Type(() => Number)`.
 */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: invalidRequest,
  });
}

/** 400 `invalid_request` that names each bad field by its path, for example `quiet_hours[0].from`. */
export function invalidRequest(errors: readonly ValidationError[]): InvalidInputError {
  return invalidFields(fieldErrors(errors));
}

/** The same error for fields that were found bad elsewhere. */
export function invalidFields(fields: readonly FieldError[]): InvalidInputError {
  const names = fields.map(({ field }) => field).join(', ');
  return new InvalidInputError('invalid_request', names === '' ? 'The request is not valid.' : `Not valid: ${names}.`, fields);
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = pathTo(parent, error.property);
    const own = telling(Object.entries(error.constraints ?? {})).map(([rule, message]) => ({
      field,
      message: rule === 'whitelistValidation' ? 'is not a known field' : withoutName(message, error.property),
    }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}

/** What is no number is neither too small nor too large: a broken rule about the kind of value (`isInt` ...) says enough. */
function telling(broken: readonly [string, string][]): readonly [string, string][] {
  const kind = broken.find(([rule]) => rule.startsWith('is'));
  return kind === undefined ? broken.slice(0, 1) : [kind];
}

function pathTo(parent: string, property: string): string {
  if (parent === '') return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

/** class-validator begins its messages with the property; the field is named beside already. */
function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
