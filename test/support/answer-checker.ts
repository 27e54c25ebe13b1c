import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Answer, type OpenApiDocument, type Operation } from './openapi.js';

/** An answer as it came over the wire. */
export interface Received {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

const DOCUMENT = 'openapi.json';
/** What a caller must never see: SQL, paths of the program, stack traces. */
const LEAKS = /node_modules|\.ts:\d|\bat \w+ \(|SELECT |INSERT |QueryFailedError|postgres/;

/** Holds answers to what the document says of their operation. */
export class AnswerChecker {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: OpenApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(closed(document) as object, DOCUMENT);
  }

  /** What is wrong with the answer; empty when it is as declared. */
  complaints(operation: Operation, received: Received): string[] {
    const { status, headers, body } = received;
    const declared = operation.responses[status];
    if (declared === undefined) return [`status ${status} is not declared: ${body.slice(0, 200)}`];
    const { answer, pointer } = this.resolve(operation, status, declared);
    const type = typeOf(headers).split(';')[0] ?? '';
    if (answer.content === undefined) return body === '' ? [] : [`status ${status} has a body: ${body.slice(0, 200)}`];
    if (!(type in answer.content)) return [`status ${status} came as "${type}"`];
    const parsed = type.endsWith('json') ? parse(body) : body;
    if (parsed === undefined) return [`status ${status} is no JSON: ${body.slice(0, 200)}`];
    const errors = this.validate(`${pointer}/content/${escape(type)}/schema`, parsed);
    return [...errors.map((error) => `status ${status}: ${error}`), ...problemComplaints(received, parsed)];
  }

  /** The same for an answer to what is no request to an operation: it has to be a problem document. */
  problemComplaints(received: Received): string[] {
    const type = typeOf(received.headers);
    const parsed = parse(received.body);
    if (!type.startsWith('application/problem+json') || parsed === undefined) {
      return [`status ${received.status} is no problem document but "${type}": ${received.body.slice(0, 200)}`];
    }
    return [...this.validate('/components/schemas/ProblemDto', parsed), ...problemComplaints(received, parsed)];
  }

  /** Tells whether the document allows a JSON value as the body of the operation. */
  bodyRule(operation: Operation): (value: unknown) => boolean {
    if (operation.body === null) return (value) => value === undefined || JSON.stringify(value) === '{}';
    const pointer = `/paths/${escape(operation.path)}/${operation.method}/requestBody/content/${escape('application/json')}/schema`;
    return (value) => (value === undefined ? !operation.isBodyRequired : this.validate(pointer, value).length === 0);
  }

  private resolve(operation: Operation, status: number, declared: Answer): { answer: Answer; pointer: string } {
    const name = declared.$ref?.split('/').at(-1);
    if (name === undefined) {
      const pointer = `/paths/${escape(operation.path)}/${operation.method}/responses/${status}`;
      return { answer: declared, pointer };
    }
    const answer = this.document.components.responses[name];
    if (answer === undefined) throw new Error(`there is no answer ${name}`);
    return { answer, pointer: `/components/responses/${name}` };
  }

  private validate(pointer: string, value: unknown): string[] {
    const validate = this.compiled.get(pointer) ?? this.ajv.compile({ $ref: `${DOCUMENT}#${pointer}` });
    this.compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
}

function problemComplaints({ status, headers, body }: Received, parsed: unknown): string[] {
  if (status < 400 || typeof parsed !== 'object' || parsed === null || !('request_id' in parsed)) return [];
  const problem = parsed as { status?: unknown; request_id?: unknown };
  return [
    ...(problem.status === status ? [] : [`the problem says status ${String(problem.status)}, the answer ${status}`]),
    ...(problem.request_id === headers['x-request-id'] ? [] : ['the request id of the problem is not that of the header']),
    ...(LEAKS.test(body) ? [`it leaks: ${body.slice(0, 300)}`] : []),
  ];
}

/** The same schemas, but objects have no fields beside those that they declare. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, closed(child)]));
  const isOpenObject = typeof copy.properties === 'object' && copy.additionalProperties === undefined && 'type' in copy;
  return isOpenObject ? { ...copy, additionalProperties: false } : copy;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function typeOf(headers: Received['headers']): string {
  const type = headers['content-type'];
  return typeof type === 'string' ? type : '';
}

/** A key as part of a JSON pointer in a URI fragment. */
function escape(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
