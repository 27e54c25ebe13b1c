import { type AppCache, type Document } from '../cache/index.js';
import { toCsv } from './csv.js';
import { etagOf } from './etag.js';

/** Gives the document of a view, made once where that can be remembered. */
type Keep = (view: string, make: () => Document) => Document;

/** A body and the bytes it is written as. Bytes that are kept are neither made nor parsed again. */
export class Content<T> {
  private constructor(
    private readonly load: () => T,
    private readonly keep: Keep,
    private readonly view: string,
  ) {}

  /** A body that is made for one request. */
  static of<T>(value: T): Content<T> {
    return new Content(
      () => value,
      (_, make) => make(),
      '',
    );
  }

  /** A body that `document` is the JSON of. What is made of it is kept under keys that begin with `key`. */
  static kept<T>(document: Document, key: string, cache: AppCache): Content<T> {
    let parsed: { value: T } | undefined;
    const load = (): T => (parsed ??= { value: JSON.parse(document.bytes.toString('utf8')) as T }).value;
    return new Content(load, (view, make) => (view === '' ? document : cache.derive(key + view, make)), '');
  }

  value(): T {
    return this.load();
  }

  json(): Document {
    return this.keep(this.view, () => jsonDocument(this.load()));
  }

  /** The rows of one field as CSV; `next_cursor` is a fact beside them, because a table has no place for it. */
  csv(field: string): Document {
    return this.keep(`${this.view}|csv:${field}`, () => csvDocument(this.load(), field));
  }

  /** @param view everything but this body that the other one depends on */
  map<U>(view: string, of: (value: T) => U): Content<U> {
    return new Content(() => of(this.load()), this.keep, `${this.view}|${view}`);
  }
}

/** A body as JSON with its tag, and further facts about it. */
export function jsonDocument(body: unknown, facts: Document['facts'] = {}): Document {
  return documentOf(JSON.stringify(body), facts);
}

function csvDocument(body: unknown, field: string): Document {
  const members = new Map<string, unknown>(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const rows = members.get(field);
  const next = members.get('next_cursor');
  const objects = Array.isArray(rows) ? rows.filter((row): row is object => typeof row === 'object' && row !== null) : [];
  return documentOf(toCsv(objects), { next_cursor: typeof next === 'string' ? next : null });
}

function documentOf(text: string, facts: Document['facts']): Document {
  const bytes = Buffer.from(text);
  return { bytes, facts: { ...facts, etag: etagOf(bytes) } };
}
