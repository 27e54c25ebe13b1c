import fc from 'fast-check';
import { type OpenApiDocument, type Operation, type Parameter } from '../support/openapi.js';
import { brokenBodies, brokenEncoding, headerValues, hostileJson, hostileText, wrongContentTypes, wrongKeys } from './hostile.js';
import { breaksParameter, goodValue, type KnownValues } from './values.js';

/** A request to an operation. */
export interface FuzzedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  /** What of it breaks the document: then it has to be refused. */
  broken: string[];
}

/** A piece of a URL, encoded, and what is wrong with it. */
interface Piece {
  name: string;
  text: string;
  broken: string[];
}

interface Body {
  text: string | null;
  type: string | null;
  broken: string[];
}

/** Tells whether a JSON value is a body that the document allows. */
export type BodyRule = (value: unknown) => boolean;

/** One in `one` gets something else than what is good. */
const seldom = <T>(good: fc.Arbitrary<T>, others: fc.Arbitrary<T>, one: number): fc.Arbitrary<T> =>
  fc.oneof({ weight: one - 1, arbitrary: good }, { weight: 1, arbitrary: others });

/** Requests to one operation: good ones, and ones with one or several bad parts. */
export function requestsTo(
  document: OpenApiDocument,
  operation: Operation,
  known: KnownValues,
  { key, allowed }: { key: string | null; allowed: BodyRule },
): fc.Arbitrary<FuzzedRequest> {
  const path = operation.parameters.filter((parameter) => parameter.in === 'path');
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  return fc.integer({ min: 0, max: 9 }).chain((wildness) => {
    // A third of the requests is good in every part, so that answers with content are looked at as well.
    const one = wildness < 3 ? 1_000_000 : wildness < 8 ? 6 : 2;
    return fc
      .record({
        pieces: fc.tuple(...path.map((parameter) => pathPiece(document, parameter, known, one))),
        query: fc.tuple(...query.map((parameter) => queryPiece(document, parameter, known, one))),
        unknown: seldom(fc.constant<Piece | null>(null), unknownQuery, one),
        headers: fc.record(
          Object.fromEntries(
            Object.entries(headerValues).map(([name, values]) => [
              name,
              seldom(fc.constant<string | null>(null), fc.constantFrom(...values), Math.min(one, 5)),
            ]),
          ),
        ),
        authorization: seldom(
          fc.constant(key === null ? null : `Bearer ${key}`),
          fc.constantFrom(null, ...wrongKeys),
          Math.max(one, 20),
        ),
        body: bodyOf(document, operation, known, allowed, one),
      })
      .map((parts) => assemble(operation, parts, key));
  });
}

interface Parts {
  pieces: Piece[];
  query: (Piece | null)[];
  unknown: Piece | null;
  headers: Record<string, string | null>;
  authorization: string | null;
  body: Body;
}

function assemble(operation: Operation, parts: Parts, key: string | null): FuzzedRequest {
  const url = parts.pieces.reduce((path, { name, text }) => path.replace(`{${name}}`, () => text), operation.path);
  const query = [...parts.query, parts.unknown].filter((piece) => piece !== null);
  const headers = Object.fromEntries(
    Object.entries({ ...parts.headers, authorization: parts.authorization, 'content-type': parts.body.type }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  const isWrongKey = key !== null && parts.authorization !== `Bearer ${key}`;
  return {
    method: operation.method.toUpperCase(),
    url: query.length === 0 ? url : `${url}?${query.map(({ text }) => text).join('&')}`,
    headers,
    body: parts.body.text,
    broken: [...parts.pieces, ...query, parts.body].flatMap(({ broken }) => broken).concat(isWrongKey ? ['key'] : []),
  };
}

function pathPiece(document: OpenApiDocument, parameter: Parameter, known: KnownValues, one: number): fc.Arbitrary<Piece> {
  const { name } = parameter;
  const good = goodValue(document, name, parameter.schema, known).map((value) => piece(parameter, String(value)));
  // An empty segment or one of dots is another route.
  const text = hostileText.filter((value) => value !== '' && !/^\.+$/.test(value)).map((value) => piece(parameter, value));
  const broken = brokenEncoding.map((raw) => ({ name, text: raw, broken: parameter.schema.type === 'integer' ? [name] : [] }));
  return seldom(good, fc.oneof(text, text, broken), one);
}

function piece(parameter: Parameter, value: string): Piece {
  return { name: parameter.name, text: encode(value), broken: breaksParameter(parameter, value) ? [parameter.name] : [] };
}

function queryPiece(
  document: OpenApiDocument,
  parameter: Parameter,
  known: KnownValues,
  one: number,
): fc.Arbitrary<Piece | null> {
  const { name } = parameter;
  const written = (value: string): Piece => ({ ...piece(parameter, value), text: `${name}=${encode(value)}` });
  const good = goodValue(document, name, parameter.schema, known).map((value) => String(value));
  const strange = fc.oneof(
    hostileText.map(written),
    good.map((value) => ({ name, text: `${name}=${encode(value)}&${name}=${encode(value)}`, broken: [`${name} twice`] })),
    good.map((value) => ({ name, text: `${name}[]=${encode(value)}`, broken: [`${name}[]`] })),
    fc.constant<Piece>({ name, text: `${name}[a]=1`, broken: [`${name}[a]`] }),
    brokenEncoding.map((raw) => ({ name, text: `${name}=${raw}`, broken: [] })),
  );
  const some = seldom(good.map(written), strange, one);
  return parameter.required === true ? some : fc.option(some, { freq: 2 });
}

const unknownQuery: fc.Arbitrary<Piece | null> = fc
  .constantFrom('unknown=1', '__proto__=1', 'constructor=1', 'toString=', '__proto__[a]=1', 'x'.repeat(3_000), '%00=1', '=1')
  .map((text) => ({ name: text, text, broken: [`unknown ${text.slice(0, 20)}`] }));

function bodyOf(
  document: OpenApiDocument,
  operation: Operation,
  known: KnownValues,
  allowed: BodyRule,
  one: number,
): fc.Arbitrary<Body> {
  if (operation.method === 'get') return fc.constant({ text: null, type: null, broken: [] });
  const json = (value: unknown): Body => ({
    text: JSON.stringify(value),
    type: 'application/json',
    broken: allowed(value) ? [] : ['body'],
  });
  if (operation.body === null) {
    const nothing = fc.constantFrom<Body>(
      { text: null, type: null, broken: [] },
      { text: '', type: 'application/json', broken: [] },
    );
    return seldom(nothing, fc.oneof(rawBody(allowed), fc.constant(json({ unknown: 1 }))), one);
  }
  const good = goodValue(document, '', operation.body, known) as fc.Arbitrary<Record<string, unknown>>;
  const changed = fc.tuple(good, fc.nat(), hostileJson).map(([value, at, hostile]) => json(withChange(value, at, hostile)));
  const wrongType = fc.tuple(good, fc.constantFrom(...wrongContentTypes)).map(([value, type]) => ({ ...json(value), type }));
  const fewer = fc
    .tuple(good, fc.nat())
    .map(([value, at]) =>
      json(Object.fromEntries(Object.entries(value).filter((_, index) => index !== at % Object.keys(value).length))),
    );
  const more = fc
    .tuple(good, fc.constantFrom('unknown_field', 'toString', 'hasOwnProperty', 'constructor'))
    .map(([value, name]) => json({ ...value, [name]: 1 }));
  return seldom(
    good.map(json),
    fc.oneof(changed, changed, changed, changed, wrongType, fewer, more, rawBody(allowed)),
    Math.min(one, 1_000_000),
  );
}

function withChange(value: Record<string, unknown>, at: number, hostile: unknown): Record<string, unknown> {
  const names = Object.keys(value);
  return { ...value, [names[at % Math.max(1, names.length)] ?? 'unknown_field']: hostile };
}

/** Every body that breaks, in a request that is good otherwise. */
export function withBrokenBodies(requests: readonly FuzzedRequest[], allowed: BodyRule): FuzzedRequest[] {
  const good = requests.find(({ method, broken }) => method !== 'GET' && broken.length === 0);
  if (good === undefined) return [];
  return brokenBodies.map((text) => ({
    ...good,
    headers: { ...good.headers, 'content-type': 'application/json' },
    body: text,
    broken: isAllowed(text, allowed) ? [] : ['raw body'],
  }));
}

function rawBody(allowed: BodyRule): fc.Arbitrary<Body> {
  return fc
    .constantFrom(...brokenBodies)
    .map((text) => ({ text, type: 'application/json', broken: isAllowed(text, allowed) ? [] : ['raw body'] }));
}

/** No text is no body, which the document asks for where it has none. */
function isAllowed(text: string, allowed: BodyRule): boolean {
  if (text === '') return allowed(undefined);
  try {
    // A byte order mark may be overlooked (RFC 8259).
    return allowed(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return false;
  }
}

/** As a URL has it; half a surrogate pair as its three bytes, which are no UTF-8. */
function encode(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return `x%ed%a0%80`;
  }
}
