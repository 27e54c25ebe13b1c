import fc from 'fast-check';
import { type OpenApiDocument, type Parameter, resolveSchema, type Schema } from '../support/openapi.js';

/** Values that mean something on the stage, by the name of the parameter or field. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

const DAY_MS = 86_400_000;

/** Values that the schema allows, and that mean something where the name tells what. */
export function goodValue(document: OpenApiDocument, name: string, written: Schema, known: KnownValues): fc.Arbitrary<unknown> {
  const values = known[name];
  if (values !== undefined) return fc.constantFrom(...values);
  const schema = resolveSchema(document, written);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => goodValue(document, name, choice, known)));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  return fc.oneof(...[schema.type ?? 'null'].flat().map((type) => ofType(document, type, name, schema, known)));
}

function ofType(
  document: OpenApiDocument,
  type: string,
  name: string,
  schema: Schema,
  known: KnownValues,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'integer':
      return wholeNumber(schema);
    case 'number':
      return fc.oneof(fc.constantFrom(0, 0.5, 7.5), fc.integer({ min: 0, max: 1_000 }));
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text(schema);
    case 'array':
      return fc.array(goodValue(document, `${name}[]`, schema.items ?? { type: 'string' }, known), { maxLength: 3 });
    case 'object':
      return goodObject(document, schema, known);
    default:
      return fc.constant(null);
  }
}

function wholeNumber({ minimum = 0, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
  const edges = [minimum, minimum + 1, maximum].filter((value) => value <= maximum);
  return fc.oneof(fc.constantFrom(...edges), fc.integer({ min: minimum, max: Math.min(maximum, minimum + 1_000) }));
}

function text({ format, example }: Schema): fc.Arbitrary<string> {
  const ago = fc.integer({ min: -5, max: 120 }).map((days) => new Date(Date.now() - days * DAY_MS).toISOString());
  if (format === 'date') return ago.map((instant) => instant.slice(0, 10));
  if (format === 'date-time') return fc.oneof(ago, fc.constant(new Date(Date.now() + 30 * DAY_MS).toISOString()));
  const plain = fc.string({ minLength: 1, maxLength: 20 });
  return typeof example === 'string' ? fc.oneof(fc.constant(example), plain) : plain;
}

function goodObject(document: OpenApiDocument, schema: Schema, known: KnownValues): fc.Arbitrary<object> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, child]) => [name, goodValue(document, name, child, known)]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: schema.required ?? [] });
}

/** Whether a parameter with this text has to be refused: what the document says, and nothing about texts that it does not speak of. */
export function breaksParameter({ schema }: Parameter, value: string): boolean {
  const types = [schema.type ?? []].flat();
  if (schema.enum !== undefined) return !schema.enum.includes(value);
  if (types.includes('boolean')) return value !== 'true' && value !== 'false';
  if (types.includes('integer')) {
    // Other ways to write a number are not spoken of.
    if (!/^-?\d+$/.test(value)) return !Number.isFinite(Number(value)) || !Number.isInteger(Number(value));
    return Number(value) < (schema.minimum ?? -Infinity) || Number(value) > (schema.maximum ?? Infinity);
  }
  if (schema.format === 'date') return !/^\d{4}-\d\d-\d\d$/.test(value);
  if (schema.maxLength !== undefined && value.length > schema.maxLength) return true;
  return schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value);
}
