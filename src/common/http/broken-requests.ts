import { HttpException } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { PROBLEM_MEDIA_TYPE } from './problem.filter.js';
import { toProblem } from './problem.js';
import { REQUEST_ID_HEADER } from './request-id.js';

const KNOWN: Readonly<Record<string, [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'URL and headers together are too long: at most 16 KiB are taken.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** Answers what is no HTTP request as a problem document: there is no request yet that anything else could answer. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = KNOWN[error.code ?? ''] ?? [400, 'This is no valid HTTP request.'];
  const requestId = randomUUID();
  const body = JSON.stringify(toProblem(new HttpException(message, status), { requestId, instance: '' }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `${REQUEST_ID_HEADER}: ${requestId}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
