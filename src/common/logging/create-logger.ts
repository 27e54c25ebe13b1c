import { type DestinationStream, type Logger, pino } from 'pino';
import { logFields } from './log-context.js';

const SECRET_FIELDS = [
  'authorization',
  'x-api-key',
  'n8n_api_key',
  'api_key',
  'apiKey',
  'adminApiKey',
  'encryptionKey',
  'cookie',
  'password',
];

/** Everywhere a secret could stand: at the top, one and two levels down, and in the headers of a request. */
const REDACTED = SECRET_FIELDS.flatMap((name) => ['', '*', '*.*'].map((parent) => `${parent}["${name}"]`));

/**
 * The one writer of log lines: JSON, one object a line, with `time`, `level` as text, the ids of the request or job that is
 * worked on, and secrets masked.
 * @param destination stdout when left out
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    mixin: logFields,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
