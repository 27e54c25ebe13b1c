import { type z } from 'zod';
import { N8nError } from './n8n-error.js';
import {
  type FailureDetail,
  type N8nExecution,
  type N8nWorkflow,
  type Page,
  type SetAside,
  type UnreadPage,
} from './n8n.types.js';
import { executionSchema, failureSchema, idSchema, pageSchema, workflowSchema } from './schemas.js';
import { readUsualExecution } from './usual-execution.js';

/** Reads a page of executions. @throws N8nError `bad_answer` when it is no page at all */
export function readExecutionPage(answer: unknown): Page<N8nExecution> {
  return readPage(answer, executionSchema, readUsualExecution);
}

/** A page of executions of which the envelope and the last row are read. @throws N8nError `bad_answer` when it is no page at all */
export function unreadExecutionPage(answer: unknown, limit: number): UnreadPage {
  const { data, nextCursor } = readEnvelope(answer);
  const last = data.at(-1);
  return {
    last: readUsualExecution(last) ?? executionSchema.safeParse(last).data ?? null,
    nextCursor,
    read: () => ({ ...readExecutionPage(answer), limit }),
  };
}

/** Reads a page of workflows. @throws N8nError `bad_answer` when it is no page at all */
export function readWorkflowPage(answer: unknown): Page<N8nWorkflow> {
  return readPage(answer, workflowSchema);
}

/** Reads one execution. @throws N8nError `bad_answer` */
export function readExecution(answer: unknown): N8nExecution {
  return readOne(answer, executionSchema, 'execution');
}

/** Reads one workflow. @throws N8nError `bad_answer` */
export function readWorkflow(answer: unknown): N8nWorkflow {
  return readOne(answer, workflowSchema, 'workflow');
}

/** Reads one execution with its payload. @throws N8nError `bad_answer` when the execution itself is unreadable */
export function readFailureDetail(answer: unknown): FailureDetail {
  const execution = readExecution(answer);
  const found = failureSchema.safeParse(answer).data;
  const result = found?.data?.resultData ?? null;
  const error = result?.error ?? null;
  return {
    execution,
    message: error?.message ?? null,
    errorType: error?.name ?? null,
    node: error?.node?.name ?? result?.lastNodeExecuted ?? null,
    customData: found?.customData ?? result?.metadata ?? null,
  };
}

/** The rows of a page as n8n sent them. @throws N8nError `bad_answer` */
export function rawRows(answer: unknown): unknown[] {
  return readEnvelope(answer).data;
}

/** How many rows a page holds, readable or not; 0 for what is no page. */
export function rowCount(answer: unknown): number {
  return pageSchema.safeParse(answer).data?.data.length ?? 0;
}

/** @param usual reads what most rows look like; `null` leaves a row to the schema */
function readPage<Row>(answer: unknown, schema: z.ZodType<Row>, usual: (raw: unknown) => Row | null = () => null): Page<Row> {
  const envelope = readEnvelope(answer);
  const rows: Row[] = [];
  const setAside: SetAside[] = [];
  for (const raw of envelope.data) {
    const plain = usual(raw);
    if (plain !== null) {
      rows.push(plain);
      continue;
    }
    const row = schema.safeParse(raw);
    if (row.success) rows.push(row.data);
    else setAside.push({ id: idOf(raw), reason: reasonOf(row.error) });
  }
  return { rows, setAside, nextCursor: envelope.nextCursor };
}

function readEnvelope(answer: unknown): z.infer<typeof pageSchema> {
  const page = pageSchema.safeParse(answer);
  if (page.success) return page.data;
  throw new N8nError('bad_answer', `n8n answered with something that is not a page of rows (${reasonOf(page.error)}).`);
}

function readOne<Row>(answer: unknown, schema: z.ZodType<Row>, what: string): Row {
  const row = schema.safeParse(answer);
  if (row.success) return row.data;
  throw new N8nError('bad_answer', `n8n answered with an unreadable ${what} (${reasonOf(row.error)}).`);
}

function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  return idSchema.safeParse(raw.id).data ?? null;
}

function reasonOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`)
    .join('; ')
    .slice(0, 300);
}
