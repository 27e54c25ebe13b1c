// Asks for the same over and over from a process of its own. On bare sockets: an HTTP client that costs as much as the service would
// hide what the service costs.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type LoadAnswer, type LoadRequest } from './api/messages.js';
import { answerAll } from './support/child.js';

const HEAD_END = Buffer.from('\r\n\r\n');

/** One connection: asks, reads to the end of the answer, asks again. */
class Asker {
  answers = 0;
  readonly statuses: Record<number, number> = {};
  private head: Buffer = Buffer.alloc(0);
  private bodyLeft = 0;
  private inBody = false;

  private constructor(
    private readonly socket: Socket,
    private readonly question: Buffer,
    private readonly fail: (error: Error) => void,
  ) {
    socket.setNoDelay(true).on('data', (chunk) => {
      this.read(chunk);
    });
    socket.on('error', fail).on('close', () => {
      fail(new Error('the service closed a connection'));
    });
  }

  static async open(port: number, question: Buffer, fail: (error: Error) => void): Promise<Asker> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Asker(socket, question, fail);
  }

  ask(): void {
    this.socket.write(this.question);
  }

  close(): void {
    this.socket.removeAllListeners('close').destroy();
  }

  private read(chunk: Buffer): void {
    if (this.inBody) {
      this.bodyLeft -= chunk.length;
      if (this.bodyLeft === 0) this.done();
      return;
    }
    this.head = this.head.length === 0 ? chunk : Buffer.concat([this.head, chunk]);
    const end = this.head.indexOf(HEAD_END);
    if (end < 0) return;
    const text = this.head.toString('latin1', 0, end);
    const status = Number(text.slice(9, 12));
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    if (length === undefined && status !== 304) {
      this.fail(new Error(`an answer without a length: ${text}`));
      return;
    }
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    this.bodyLeft = (status === 304 ? 0 : Number(length)) - (this.head.length - end - HEAD_END.length);
    this.head = Buffer.alloc(0);
    this.inBody = true;
    if (this.bodyLeft === 0) this.done();
  }

  private done(): void {
    this.inBody = false;
    this.answers += 1;
    this.ask();
  }
}

async function load({ port, path, headers, connections, ms }: LoadRequest): Promise<LoadAnswer> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const question = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const failed = new AbortController();
  const fail = (error: Error): void => {
    failed.abort(error);
  };
  const askers = await Promise.all(Array.from({ length: connections }, () => Asker.open(port, question, fail)));
  try {
    const startedAt = performance.now();
    for (const asker of askers) asker.ask();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      failed.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(failed.signal.reason as Error);
      });
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const statuses: Record<number, number> = {};
    for (const asker of askers) {
      for (const [status, n] of Object.entries(asker.statuses)) statuses[Number(status)] = (statuses[Number(status)] ?? 0) + n;
    }
    return { rate: askers.reduce((sum, asker) => sum + asker.answers, 0) / seconds, statuses };
  } finally {
    for (const asker of askers) asker.close();
  }
}

answerAll(load, () => Promise.resolve());
