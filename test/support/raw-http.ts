import { connect } from 'node:net';

/** What came back over a socket; `status` is 0 when nothing did. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const PATIENCE_MS = 10_000;
/** So long the rest of an unfinished request is waited for; then the sending side ends. */
const SILENCE_MS = 1_500;

/**
 * Sends bytes as they are and gives the first answer that comes before the connection ends.
 * @throws Error when the other side does not let go of the connection
 */
export function sendRaw(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    socket.setTimeout(PATIENCE_MS, () => {
      socket.destroy();
      reject(new Error(`the connection stays open after ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`));
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    // The other side may have hung up before everything was sent.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(readAnswer(Buffer.concat(chunks).toString('utf8')));
    });
    socket.on('end', () => socket.destroy());
    socket.write(bytes);
    setTimeout(() => socket.end(), SILENCE_MS).unref();
  });
}

function readAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = lines.map((header): [string, string] => [
    header.split(':', 1)[0]?.toLowerCase() ?? '',
    header.slice(header.indexOf(':') + 1).trim(),
  ]);
  const length = Number(Object.fromEntries(headers)['content-length'] ?? 0);
  const body = Buffer.from(rest.join('\r\n\r\n'), 'utf8').subarray(0, length).toString('utf8');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0), headers: Object.fromEntries(headers), body };
}
