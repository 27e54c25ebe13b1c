import { ForbiddenException, InternalServerErrorException, NotFoundException } from '@nestjs/common';
import { ConflictError, InvalidInputError } from '../errors.js';
import { toProblem } from './problem.js';

const context = { requestId: 'r-1', instance: '/api/v1/clients' };
const SECRET = 'password=hunter2';

describe('toProblem', () => {
  it('takes over what our own errors say', () => {
    const error = new InvalidInputError('invalid_request', 'Not valid: name.', [{ field: 'name', message: 'is missing' }]);
    expect(toProblem(error, context)).toEqual({
      type: 'urn:flowmastery:problem:invalid_request',
      title: 'Bad Request',
      status: 400,
      detail: 'Not valid: name.',
      code: 'invalid_request',
      errors: [{ field: 'name', message: 'is missing' }],
      request_id: 'r-1',
      instance: '/api/v1/clients',
    });
    expect(toProblem(new ConflictError('client_name_taken', 'taken'), context)).toMatchObject({ status: 409, title: 'Conflict' });
  });

  it('gives stable codes to what Nest and Fastify refuse', () => {
    const fastify = Object.assign(new Error('Request body is too large'), {
      code: 'FST_ERR_CTP_BODY_TOO_LARGE',
      statusCode: 413,
    });
    expect(toProblem(new NotFoundException('Cannot GET /x'), context)).toMatchObject({ status: 404, code: 'route_not_found' });
    expect(toProblem(new ForbiddenException(), context)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(toProblem(fastify, context)).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  it.each([
    ['an unexpected error', new Error(SECRET)],
    ['a text', SECRET],
    ['nothing', undefined],
    ['a server error of the framework', new InternalServerErrorException(SECRET)],
    ['a server error of Fastify', Object.assign(new Error(SECRET), { code: 'FST_ERR_X', statusCode: 500 })],
  ])('says nothing about %s but the request id', (_, thrown) => {
    const problem = toProblem(thrown, context);
    expect(problem).toMatchObject({ status: 500, code: 'internal_error', request_id: 'r-1', errors: [] });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('answers 503 while the database is away, however deep the reason lies', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const query = Object.assign(new Error('query failed'), { driverError: { code: '57P01', message: 'terminating' } });
    for (const error of [refused, query, new Error('outer', { cause: refused }), new AggregateError([refused])]) {
      expect(toProblem(error, context)).toMatchObject({ status: 503, code: 'database_unavailable' });
    }
  });

  it.each([
    ['25006', 'cannot execute INSERT in a read-only transaction', 'database_read_only'],
    ['53100', 'could not extend file: No space left on device', 'database_full'],
    ['57014', 'canceling statement due to statement timeout', 'database_slow'],
    [undefined, 'Connection terminated unexpectedly', 'database_unavailable'],
    [undefined, 'Query runner already released. Cannot run queries anymore.', 'database_unavailable'],
  ])('says what is wrong with the database: %s %s', (code, message, expected) => {
    const error = Object.assign(new Error(message), code === undefined ? {} : { driverError: { code, message } });
    const problem = toProblem(error, context);
    expect(problem).toMatchObject({ status: 503, code: expected });
    expect(problem.detail).toMatch(/Try again/);
  });
});
