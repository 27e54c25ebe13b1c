import { N8N_MODES } from './n8n-vocabulary.js';
import { type QuietHours, type RuleSet, WEEKDAYS } from './rule-set.js';

/** Entries of a list that are written out; the rest is counted. */
const SHOWN = 12;

const quoted = (text: string): string => JSON.stringify(text);

/**
 * What the rules do, in plain sentences and in the order in which they are tried. Switched off rules are left out, the last
 * sentence says what happens to everything else.
 */
export function describeRules(rules: RuleSet): string[] {
  if (rules.preset === 'n8n_insights') {
    return [
      `Only what n8n's Insights counts is production: mode ${either(modesWhere(({ insights }) => insights))}.`,
      'Everything else is not. Names, tags and all other keys have no say.',
    ];
  }
  const sentences = [...modesAndPatterns(rules), ...(rules.include_only ? [] : [...namesAndTags(rules), ...dataAndTime(rules)])];
  return ['The first rule that matches decides.', ...sentences, lastSentence(rules)];
}

function modesAndPatterns(rules: RuleSet): string[] {
  const { exclude_workflow_patterns: exclude, include_workflow_patterns: include } = rules;
  const { exclude_manual: manual, count_sub_workflows: subWorkflows } = rules;
  const never = modesWhere(({ production }) => !production).filter((mode) => mode !== 'integrated' || !subWorkflows);
  return [
    manual ? 'Manual executions are not production (exclude_manual).' : '',
    exclude.length === 0 ? '' : `A workflow whose name matches ${either(exclude.map(quoted))} is not production${hint(exclude)}.`,
    include.length === 0 ? '' : `A workflow whose name matches ${either(include.map(quoted))} is production${hint(include)}.`,
    rules.include_only ? 'Every other execution is not production (include_only).' : '',
    rules.include_only ? '' : `Executions of mode ${either(never)} are not production.`,
  ].filter((sentence) => sentence !== '');
}

function namesAndTags(rules: RuleSet): string[] {
  const { production_tags: good, test_tags: bad, test_words: words, name_match: how } = rules;
  return [
    good.length === 0 ? '' : `A workflow with a tag that says ${either(good.map(quoted))} is production.`,
    rules.exclude_non_production_tags && bad.length > 0
      ? `A workflow with a tag that says ${either(bad.map(quoted))}, or denies a production tag ("non-production"), is not production.`
      : '',
    rules.exclude_test_workflows && words.length > 0
      ? `A workflow whose name holds ${how === 'word' ? 'the word' : 'anywhere the text'} ${either(words.map(quoted))} is not production (exclude_test_workflows).`
      : '',
  ].filter((sentence) => sentence !== '');
}

function dataAndTime(rules: RuleSet): string[] {
  const { min_duration_ms: minimum, quiet_hours: quiet, production_words: words } = rules;
  return [
    rules.match_execution_data
      ? 'A run whose custom data or error text says that it was a test is not production (match_execution_data).'
      : '',
    minimum === 0 ? '' : `An execution shorter than ${minimum} ms is not production (min_duration_ms).`,
    ...quiet.map((hours) => `An execution that starts ${window(hours)} by the client's clock is not production (quiet_hours).`),
    words.length === 0 ? '' : `A workflow whose name holds ${either(words.map(quoted))} is production.`,
  ].filter((sentence) => sentence !== '');
}

function lastSentence({ include_only: only, exclude_manual: manual }: RuleSet): string {
  if (only) return 'Nothing else is looked at.';
  const modes = modesWhere(({ production }) => production).filter((mode) => mode !== 'manual' || !manual);
  return `Everything else is production: mode ${either(modes)}, and modes that this service does not know.`;
}

/** Patterns are searched anywhere in the name: `.*test.*` finds more than the word. */
function hint(patterns: readonly string[]): string {
  const plain = patterns
    .map((pattern) => /^(?:\.\*)?(\p{L}{3,})(?:\.\*)?$/u.exec(pattern)?.[1])
    .find((word) => word !== undefined);
  return plain === undefined
    ? ''
    : ` (anywhere in the name, upper or lower case: ${quoted(`x${plain.toLowerCase()}x`)} matches too)`;
}

function window({ from, to, days }: QuietHours): string {
  const when = days.length === WEEKDAYS.length ? 'every day' : `on ${either(days)}`;
  return `between ${from} and ${to} (begun ${when})`;
}

function modesWhere(decides: (mode: (typeof N8N_MODES)[keyof typeof N8N_MODES]) => boolean): string[] {
  return Object.entries(N8N_MODES)
    .filter(([, mode]) => decides(mode))
    .map(([name]) => name);
}

function either(texts: readonly string[]): string {
  const shown = texts.length > SHOWN ? [...texts.slice(0, SHOWN), `one of ${texts.length - SHOWN} more`] : texts;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} or ${last}`;
}
