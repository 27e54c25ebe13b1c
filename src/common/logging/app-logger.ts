import { type LoggerService } from '@nestjs/common';
import { type Level, type Logger } from 'pino';

/** What Nest tells about itself at the start: one line a module and a route. */
const START_UP = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

/**
 * Nest's logger on pino. `logger.log('text')` and `logger.log({ msg: 'text', client_id: 7 })` both work; further objects are
 * merged into the line, errors go to `err`, and the last text is the context, as Nest passes it.
 */
export class AppLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(START_UP.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    this.pino[level](toLine(message, rest));
  }
}

/** One log line as an object. */
export function toLine(message: unknown, rest: readonly unknown[]): Record<string, unknown> {
  const texts = rest.filter((part) => typeof part === 'string');
  const context = texts.at(-1);
  const stack = texts.slice(0, -1).find((text) => text.includes('\n'));
  const parts = [message, ...rest.filter((part) => typeof part === 'object' && part !== null)];
  const line: Record<string, unknown> = context === undefined ? {} : { context };
  for (const part of parts) Object.assign(line, fieldsOf(part));
  if (stack !== undefined) line.stack = stack;
  return line;
}

function fieldsOf(part: unknown): Record<string, unknown> {
  if (part instanceof Error) return { msg: part.message, err: part };
  if (typeof part === 'object' && part !== null) {
    const { message, ...rest } = part as Record<string, unknown>;
    return message === undefined ? rest : { msg: message, ...rest };
  }
  return { msg: String(part) };
}
