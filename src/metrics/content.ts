import { type AppCache, type Document } from '../cache/index.js';
import { toCsv } from './csv.js';
import { etagOf } from './etag.js';

/** Gives the document of a view, made once where that can be remembered. */
type Keep = (view: string, make: (facts: Document['facts']) => Document) => Document;

/** A body and the bytes it is written as. Bytes that are kept are neither made nor parsed again. */
export class Content<T> {
  private constructor(
    private readonly load: () => T,
    private readonly keep: Keep,
    readonly view: string,
  ) {}

  /** A body that is made for one request. */
  static of<T>(value: T): Content<T> {
    return new Content(
      () => value,
      (_, make) => make({}),
      '',
    );
  }

  /** A body that `document`, kept under `key`, is the JSON of. What is made of it is kept beside it, and has its facts. */
  static kept<T>(document: Document, key: string, cache: AppCache): Content<T> {
    let parsed: { value: T } | undefined;
    const load = (): T => (parsed ??= { value: JSON.parse(document.bytes.toString('utf8')) as T }).value;
    const keep: Keep = (view, make) => (view === '' ? document : cache.derive(key, view, () => make(document.facts)));
    return new Content(load, keep, '');
  }

  value(): T {
    return this.load();
  }

  json(): Document {
    return this.keep(this.view, (facts) => jsonDocument(this.load(), facts));
  }

  /** The rows of one field as CSV; `next_cursor` is a fact beside them, because a table has no place for it. */
  csv(field: string): Document {
    return this.keep(this.view + csvView(field), (facts) => csvDocument(this.load(), field, facts));
  }

  /** @param view everything but this body that the other one depends on */
  map<U>(view: string, of: (value: T) => U): Content<U> {
    return new Content(() => of(this.load()), this.keep, `${this.view}|${view}`);
  }
}

/** What CSV adds to the view. */
export function csvView(field: string): string {
  return `|csv:${field}`;
}

/** A body as JSON with its tag, and further facts about it. */
export function jsonDocument(body: unknown, facts: Document['facts'] = {}): Document {
  return documentOf(JSON.stringify(body), facts);
}

function csvDocument(body: unknown, field: string, facts: Document['facts']): Document {
  const members = new Map<string, unknown>(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const rows = members.get(field);
  const next = members.get('next_cursor');
  const objects = Array.isArray(rows) ? rows.filter((row): row is object => typeof row === 'object' && row !== null) : [];
  return documentOf(toCsv(objects), { ...facts, next_cursor: typeof next === 'string' ? next : null });
}

function documentOf(text: string, facts: Document['facts']): Document {
  const bytes = Buffer.from(text);
  return { bytes, facts: { ...facts, etag: etagOf(bytes) } };
}
