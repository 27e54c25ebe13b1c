/** One bad field of a request: where it is and what would be right. */
export interface FieldError {
  field: string;
  message: string;
}

/**
 * Base of every error that a caller can do something about. Framework-free; the problem filter turns it into
 * `application/problem+json`. `code` is stable and meant for programs, `message` says what to do and is meant for people.
 */
export abstract class AppError extends Error {
  /** HTTP status the problem document carries. */
  abstract readonly status: number;

  constructor(
    readonly code: string,
    message: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** 400: the request itself is wrong; `errors` names each bad field. */
export class InvalidInputError extends AppError {
  readonly status = 400;
}

/** 401: no key, or one that is unknown, expired or revoked. */
export class UnauthorizedError extends AppError {
  readonly status = 401;
}

/** 403: the key is good but its role may not do this. */
export class ForbiddenError extends AppError {
  readonly status = 403;
}

/** 404: there is no such thing, or it belongs to a client that the key may not see. */
export class NotFoundError extends AppError {
  readonly status = 404;
}

/** 409: it contradicts what is stored. */
export class ConflictError extends AppError {
  readonly status = 409;
}

/** 422: well-formed, but it cannot be carried out as asked. */
export class UnprocessableError extends AppError {
  readonly status = 422;
}

/** 429: too often; `retryAfterSeconds` says when to come back. */
export class TooManyRequestsError extends AppError {
  readonly status = 429;

  constructor(
    code: string,
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(code, message);
  }
}

/** 503: a dependency is not there right now; trying again later is right. */
export class UnavailableError extends AppError {
  readonly status = 503;
}
