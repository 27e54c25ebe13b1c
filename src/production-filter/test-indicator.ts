import { type CompiledRules } from './compile-rules.js';
import { wordsOf } from './words.js';

// Custom data whose value names the environment ...
const ENVIRONMENT_KEYS = ['env', 'environment', 'stage'] as const;
// ... and whose truth says that it was a test.
const FLAG_KEYS = ['test', 'is_test', 'dry_run'] as const;
// n8n takes ten entries of 255 characters; an answer with a million of them must not be looked through.
const MAX_ENTRIES = 100;
const MAX_VALUE = 255;

const TEST_MARKERS = ['test mode', 'test run', 'dry run', 'sandbox mode'] as const;
// "a similar object exists in test mode, but a live mode key was used": such a text does not say which mode the run was in.
const LIVE_MARKERS = ['live mode', 'production mode'] as const;
const BRACKETED_TEST = /\[\s{0,3}test\s{0,3}\]/iu;

/** What is known of a run beside its mode and times. */
export interface RunData {
  /** Error text of a failure. */
  message: string | null;
  /** n8n's custom execution data, a flat record. */
  customData: Record<string, unknown> | null;
}

/**
 * Looks for a sign that a run was a test: custom data that says so (`env`, `environment` or `stage` being a word of `test_words`
 * or `test_tags`; `test`, `is_test` or `dry_run` being true), or an error text with a marker ("[test]", "test mode", "test run",
 * "dry run", "sandbox mode"). A bare "test" in an error text is none: "connection test failed" is a production failure, and a
 * text that speaks of live or production mode as well decides nothing. `match_execution_data` is not looked at here but by the
 * classifier, so that switching it on applies to what was found before.
 * @returns what was found, in this service's own words and never the run's data; `null` when nothing was
 */
export function findTestIndicator(input: RunData, rules: CompiledRules): string | null {
  return inCustomData(input.customData, rules) ?? inMessage(input.message);
}

function inCustomData(customData: Record<string, unknown> | null, rules: CompiledRules): string | null {
  const entries = Object.entries(customData ?? {})
    .slice(0, MAX_ENTRIES)
    .filter(([key]) => key.length <= MAX_VALUE)
    .map(([key, value]) => ({ key: plainKey(key), value }));
  for (const key of ENVIRONMENT_KEYS) {
    for (const { value } of entries.filter((entry) => entry.key === plainKey(key))) {
      const word = typeof value === 'string' && value.length <= MAX_VALUE ? rules.environment(value) : null;
      if (word !== null) return `custom data ${key} is ${word}`;
    }
  }
  const said = FLAG_KEYS.find((key) => entries.some((entry) => entry.key === plainKey(key) && isTrue(entry.value)));
  return said === undefined ? null : `custom data ${said} is true`;
}

function inMessage(message: string | null): string | null {
  if (message === null) return null;
  if (BRACKETED_TEST.test(message)) return 'error text says [test]';
  const says = markerReader(message);
  if (LIVE_MARKERS.some(says)) return null;
  const marker = TEST_MARKERS.find(says);
  return marker === undefined ? null : `error text says ${marker}`;
}

/** Finds two words written with a blank, hyphen or underscore between them, glued or in camelCase; a full stop parts them. */
function markerReader(message: string): (marker: string) => boolean {
  const spaced = message.normalize('NFC').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return (marker) => {
    const [first, second] = marker.split(' ');
    return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${first}[\\s_-]{0,3}${second}(?![\\p{L}\\p{M}\\p{N}])`, 'iu').test(spaced);
  };
}

/** `isTest`, `IS-TEST` and `is_test` are one key. */
function plainKey(key: string): string {
  return wordsOf(key).join('');
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true');
}
