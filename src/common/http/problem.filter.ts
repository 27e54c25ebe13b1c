import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { TooManyRequestsError } from '../errors.js';
import { type Problem, toProblem } from './problem.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Answers every error as `application/problem+json`; logs what a person must look at. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error, { requestId: request.id, instance: pathOf(request.url) });
    this.report(error, problem, request.method);
    if (reply.sent) return;
    if (error instanceof TooManyRequestsError) void reply.header('Retry-After', error.retryAfterSeconds);
    sendProblem(reply, problem);
  }

  private report(error: unknown, problem: Problem, method: string): void {
    if (problem.status < 500) return;
    const line = { msg: `${method} ${problem.instance} failed`, request_id: problem.request_id, code: problem.code, err: error };
    // A dependency that is away heals itself; an error nobody expected needs a person.
    if (problem.status === 503) this.logger.warn(line);
    else this.logger.error(line);
  }
}

/** Writes the document with the headers that its status asks for. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (problem.status === 401) void reply.header('WWW-Authenticate', challenge(problem.code));
  if (problem.status === 503) void reply.header('Retry-After', '5');
  void reply.status(problem.status).header('Cache-Control', 'no-store').type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}

/** RFC 6750: a request without a key is told the scheme only, a bad key is told that it is bad. */
function challenge(code: string): string {
  const realm = 'Bearer realm="flowmastery-metrics"';
  return code === 'missing_key' ? realm : `${realm}, error="invalid_token"`;
}

/** Path of a request URL, without the query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
