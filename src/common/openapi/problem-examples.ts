import { STATUS_CODES } from 'node:http';
import { type Problem } from '../http/index.js';

/** What a status of this API means, and a problem document that shows it. */
interface ProblemMeaning {
  /** Name of the shared answer in the document. */
  name: string;
  description: string;
  code: string;
  detail: string;
  errors?: Problem['errors'];
}

export const PROBLEM_MEANINGS = {
  400: {
    name: 'InvalidRequest',
    description: 'The request is not valid; `errors` names each bad field.',
    code: 'invalid_request',
    detail: 'Not valid: limit.',
    errors: [{ field: 'limit', message: 'must not be greater than 500' }],
  },
  401: {
    name: 'Unauthorized',
    description:
      'No key, or one that is unknown, expired or revoked: `missing_key`, `invalid_key`, `expired_key`, `revoked_key`.',
    code: 'expired_key',
    detail: 'This API key has expired.',
  },
  403: {
    name: 'Forbidden',
    description: 'The role of the key may not do this: `forbidden_role`.',
    code: 'forbidden_role',
    detail: "This needs a key with role admin; the key's role is viewer.",
  },
  404: {
    name: 'NotFound',
    description: 'There is no such thing, or the key may not see it.',
    code: 'client_not_found',
    detail: 'There is no client 7.',
  },
  409: {
    name: 'Conflict',
    description: 'It contradicts what is stored.',
    code: 'client_name_taken',
    detail: 'There is a client with this name already. Choose another one.',
    errors: [{ field: 'name', message: 'taken' }],
  },
  413: {
    name: 'BodyTooLarge',
    description: 'The body is larger than 1 MiB.',
    code: 'body_too_large',
    detail: 'Request body is too large',
  },
  414: {
    name: 'UrlTooLong',
    description: 'The URL has more than 4,096 characters, or a part of its path more than 300.',
    code: 'url_too_long',
    detail: 'The URL has 5012 characters; at most 4096 are taken.',
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not `application/json`.',
    code: 'unsupported_media_type',
    detail: 'Unsupported Media Type: text/plain',
  },
  422: {
    name: 'Unprocessable',
    description: 'Well-formed, but it cannot be carried out; `code` says why.',
    code: 'bad_key',
    detail: 'n8n refuses the API key. Make a new one there and give it here.',
  },
  429: {
    name: 'TooManyRequests',
    description: 'Too many requests; `Retry-After` says when to come back.',
    code: 'too_many_requests',
    detail: 'At most 600 requests a minute. Try again in 12 s.',
  },
  500: {
    name: 'InternalError',
    description: 'A defect of the service; the request id finds it in the log.',
    code: 'internal_error',
    detail: 'Something went wrong here. The request id finds it in the log.',
  },
  503: {
    name: 'Unavailable',
    description: 'A dependency does not answer right now; `Retry-After` says when to try again.',
    code: 'database_unavailable',
    detail: 'The database does not answer. Try again in a moment.',
  },
} as const satisfies Record<number, ProblemMeaning>;

export type ProblemStatus = keyof typeof PROBLEM_MEANINGS;

/** The code and the sentence of one operation's own problem. */
export interface OwnProblem {
  code: string;
  detail: string;
}

/** A problem document as an answer with this status looks. */
export function problemExample(status: ProblemStatus, own?: OwnProblem): Problem {
  const meaning: ProblemMeaning = PROBLEM_MEANINGS[status];
  const { code, detail } = own ?? meaning;
  return {
    type: `urn:flowmastery:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    errors: own === undefined ? (meaning.errors ?? []) : [],
    request_id: '0b9f3c1e-6f0a-4c3e-9d55-6f2b7b1f9a10',
    instance: '/api/v1/clients/7',
  };
}
