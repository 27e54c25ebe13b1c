import { z } from 'zod';
import { type N8nExecution, type N8nWorkflow } from './n8n.types.js';

/** PostgreSQL's text cannot hold U+0000, nor its jsonb half a surrogate pair, and no name needs them. */
const storable = (value: string): string => value.replaceAll('\u0000', '').replace(/\p{Cs}/gu, '');
const text = z.string().transform(storable);

/** Names and settings are cut off where n8n, which takes 128 characters, has ended long before: each is read again and again. */
const MAX_NAME = 1_000;
const name = z.string().transform((value) => storable(value.slice(0, MAX_NAME)));

/** A status or mode is a word of n8n's, known here or not; it is stored and indexed as it comes. */
const term = text.pipe(z.string().max(255, 'too long'));

/** Ids are text in here; n8n has sent numbers too. A number that JavaScript cannot hold exactly would be another id. */
export const idSchema = z
  .union([z.string(), z.number().int().transform(String)], { error: 'expected an id' })
  .pipe(z.string().regex(/^[^\s\p{Cc}\p{Cs}]{1,255}$/u, 'expected an id'));

const idOrNull = z.preprocess((value) => (value === undefined || value === '' ? null : value), idSchema.nullable());

/** The years that PostgreSQL reads in the form in which JavaScript writes them: 1 to 9999. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

function isStorable(iso: string): boolean {
  const at = Date.parse(iso);
  return at >= EARLIEST && at <= LATEST;
}

const date = z.iso
  .datetime({ offset: true, error: 'invalid date', abort: true })
  .refine(isStorable, 'invalid date')
  .nullish()
  .transform((value) => (value === undefined || value === null ? null : new Date(value)));

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** For what is nice to have: anything unreadable counts as not said. */
const textOrNull = name.nullable().catch(null);

export const executionSchema = z
  .object({
    id: idSchema,
    finished: flag,
    mode: term,
    status: term.nullish(),
    startedAt: date,
    stoppedAt: date,
    waitTill: date,
    workflowId: idSchema,
    retryOf: idOrNull.optional().transform((value) => value ?? null),
    retrySuccessId: idOrNull.optional().transform((value) => value ?? null),
  })
  .transform((row): N8nExecution => ({ ...row, status: row.status ?? (row.finished ? 'success' : null) }));

const tagName = z.union([name, z.object({ name }).transform((tag) => tag.name)]);
/** More tags than anybody reads are left out. */
const MAX_TAGS = 200;

/** What can be stored; a larger number of minutes is no time that anybody saves. */
const MOST_MINUTES = 99_999_999;

const settingsSchema = z.object({
  timeSavedPerExecution: z.number().nonnegative().max(MOST_MINUTES).nullable().catch(null),
  timeSavedMode: textOrNull,
  timezone: textOrNull,
  errorWorkflow: textOrNull,
  saveDataSuccessExecution: textOrNull,
  saveDataErrorExecution: textOrNull,
});

export const workflowSchema = z
  .object({
    id: idSchema,
    name,
    active: flag,
    isArchived: flag,
    tags: z.array(z.unknown()).nullish(),
    createdAt: date,
    updatedAt: date,
    settings: settingsSchema.catch(settingsSchema.parse({})),
  })
  .transform(({ isArchived, tags, settings, ...row }): N8nWorkflow => ({
    ...row,
    archived: isArchived,
    tags: (tags ?? []).slice(0, MAX_TAGS).flatMap((tag) => tagName.safeParse(tag).data ?? []),
    settings: {
      timeSavedMinutes: settings.timeSavedPerExecution,
      timeSavedMode: settings.timeSavedMode,
      timezone: settings.timezone,
      errorWorkflow: settings.errorWorkflow,
      saveSuccess: settings.saveDataSuccessExecution,
      saveError: settings.saveDataErrorExecution,
    },
  }));

/** Ten times n8n's largest page. Reading millions of rows, each of them nothing, would hold up every other client. */
const MAX_ROWS = 2_500;

/** The envelope of every list. A cursor of another shape would silently end a walk, so it is an error. */
export const pageSchema = z.object({
  data: z
    .custom<unknown[]>(Array.isArray, { error: 'expected a list', abort: true })
    .refine((rows) => rows.length <= MAX_ROWS, `more than ${MAX_ROWS} rows`),
  nextCursor: z
    .string()
    .nullish()
    .transform((value) => (value === undefined || value === '' ? null : value)),
});

const record = z.record(z.string(), z.unknown());

/** Longest text taken from a payload. */
const MAX_TEXT = 10_000;
const shortText = text
  .transform((value) => value.slice(0, MAX_TEXT))
  .nullable()
  .catch(null);

const errorSchema = z
  .object({
    message: shortText,
    name: shortText,
    node: z.object({ name: shortText }).nullable().catch(null),
  })
  .nullable()
  .catch(null);

/** What a payload says about a failure. Payloads differ from version to version: every part may be missing. */
export const failureSchema = z.object({
  data: z
    .object({
      resultData: z
        .object({ error: errorSchema, lastNodeExecuted: shortText, metadata: record.nullable().catch(null) })
        .nullable()
        .catch(null),
    })
    .nullable()
    .catch(null),
  customData: record.nullable().catch(null),
});
