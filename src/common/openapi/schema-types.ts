import { type OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Exclude<Schemas[string], { $ref: string }>;

/** Names of numbers that have fractions; every other number of this API counts something. */
const MEASURE =
  /(_rate|_ratio|_share|_trend|_seconds|_hours|_coverage|_per_hour|_percent|_fraction)$|^(n8n_)?minutes$|^(slope|share)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
/** By name where the example is `null`, which Nest leaves out. */
const INSTANT_NAME = /(_at|_until|_till)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * Says of a schema what TypeScript cannot: which numbers are whole (all but those whose name is a measure) and which texts are
 * dates or instants (their example or their name says so).
 * @param name of the property or parameter
 */
export function refineSchema(name: string, schema: Schema): void {
  // Nest writes `type` as a list where null is allowed, which its types do not know.
  const types: unknown[] = [schema.type].flat();
  if (types.includes('number') && !MEASURE.test(name)) {
    Object.assign(schema, { type: Array.isArray(schema.type) ? types.map(toWhole) : 'integer' });
  }
  const example = typeof schema.example === 'string' ? schema.example : '';
  if (types.includes('string')) {
    if (INSTANT.test(example) || INSTANT_NAME.test(name)) schema.format = 'date-time';
    else if (DATE.test(example)) schema.format = 'date';
  }
  for (const [property, child] of Object.entries(schema.properties ?? {})) if (!('$ref' in child)) refineSchema(property, child);
}

function toWhole(type: unknown): unknown {
  return type === 'number' ? 'integer' : type;
}
