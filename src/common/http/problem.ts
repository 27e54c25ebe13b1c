import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { AppError, type FieldError } from '../errors.js';
import { databaseTrouble } from './database-trouble.js';

/** A problem document of RFC 9457 with our members `code`, `errors` and `request_id`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: readonly FieldError[];
  request_id: string;
  instance: string;
}

/** What a problem document says about the request that met it. */
export interface ProblemContext {
  requestId: string;
  /** Path without the query: a query may hold what must not be repeated. */
  instance: string;
}

type Cause = Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>;

/** Codes of errors that Nest and Fastify throw themselves. */
const FRAMEWORK_CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'route_not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'url_too_long',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'headers_too_large',
  503: 'unavailable',
};

/**
 * Turns whatever was thrown into a problem document. Only our own errors and those of the framework speak for themselves;
 * anything else says nothing but its request id.
 */
export function toProblem(error: unknown, context: ProblemContext): Problem {
  const cause = causeOf(error);
  return {
    type: `urn:flowmastery:problem:${cause.code}`,
    title: STATUS_CODES[cause.status] ?? 'Error',
    status: cause.status,
    detail: cause.detail,
    code: cause.code,
    errors: cause.errors,
    request_id: context.requestId,
    instance: context.instance,
  };
}

function causeOf(error: unknown): Cause {
  if (error instanceof AppError) return { status: error.status, code: error.code, detail: error.message, errors: error.errors };
  if (error instanceof HttpException) return frameworkCause(error.getStatus(), error.message);
  const status = fastifyStatus(error);
  if (status !== null) return frameworkCause(status, error instanceof Error ? error.message : '');
  const trouble = databaseTrouble(error);
  if (trouble !== null) return { status: 503, ...trouble, errors: [] };
  return {
    status: 500,
    code: 'internal_error',
    detail: 'Something went wrong here. The request id finds it in the log.',
    errors: [],
  };
}

function frameworkCause(status: number, message: string): Cause {
  if (status >= 500 && status !== 503) {
    return {
      status,
      code: 'internal_error',
      detail: 'Something went wrong here. The request id finds it in the log.',
      errors: [],
    };
  }
  const code = status === 400 && /JSON/i.test(message) ? 'malformed_json' : (FRAMEWORK_CODES[status] ?? `http_${status}`);
  return { status, code, detail: message, errors: [] };
}

/** Status of a client error that Fastify raised before Nest saw the request (body too large, bad media type ...). */
function fastifyStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return null;
  const { code, statusCode } = error;
  if (typeof code !== 'string' || !code.startsWith('FST_') || typeof statusCode !== 'number') return null;
  return statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
