import { BUSINESS_PHRASES } from './business-phrases.js';
import { compilePattern } from './pattern.js';
import { compileQuietHours } from './quiet-hours.js';
import { DEFAULT_PRODUCTION_TAGS, type QuietHours, type RuleSet } from './rule-set.js';
import { compileEntries, findEntry, findNegatedEntry, findWholeEntry } from './word-list.js';
import { prepare } from './words.js';

/** Names and tags whose findings are kept: executions are many, the workflows they belong to are few. */
const MAX_REMEMBERED = 5_000;

const NOT_PRODUCTION: ReadonlySet<string> = new Set(['non', 'not', 'no', 'pre', 'un']);
const NOT_TEST: ReadonlySet<string> = new Set(['non', 'not', 'no']);

const phrases = compileEntries(BUSINESS_PHRASES);

/** What the rules find in a workflow's name: the pattern or word as it was written, or `null`. */
interface NameFindings {
  excludedBy: string | null;
  includedBy: string | null;
  testWord: string | null;
  productionWord: string | null;
}

/** What the rules find in one tag. */
interface TagFindings {
  production: string | null;
  nonProduction: string | null;
}

/** A rule set made ready for many executions of one client: patterns compiled, word lists split. */
export interface CompiledRules {
  readonly rules: RuleSet;
  readonly inName: (name: string) => NameFindings;
  readonly inTag: (tag: string) => TagFindings;
  /** The test word or non-production tag that a value such as `env` consists of. */
  readonly environment: (value: string) => string | null;
  readonly quietHours: (at: Date) => QuietHours | null;
}

/**
 * @param rules as `parseRuleSet` returns them
 * @param zone IANA time zone of the client, for its quiet hours
 * @throws RangeError when there are quiet hours and `zone` is no time zone
 */
export function compileRules(rules: RuleSet, zone: string): CompiledRules {
  const environments = compileEntries([...rules.test_words, ...rules.test_tags]);
  return {
    rules,
    inName: remembered(nameReader(rules)),
    inTag: remembered(tagReader(rules)),
    environment: (value) => findWholeEntry(value, environments),
    quietHours: compileQuietHours(rules.quiet_hours, zone),
  };
}

function nameReader(rules: RuleSet): (name: string) => NameFindings {
  const exclude = rules.exclude_workflow_patterns.map(compilePattern);
  const include = rules.include_workflow_patterns.map(compilePattern);
  const test = compileEntries(rules.test_words, rules.name_match);
  const production = compileEntries(rules.production_words, rules.name_match);
  return (name) => {
    const text = prepare(name);
    return {
      excludedBy: exclude.find((pattern) => pattern.matches(name))?.text ?? null,
      includedBy: include.find((pattern) => pattern.matches(name))?.text ?? null,
      testWord: findEntry(text, test, { within: phrases }),
      productionWord: findEntry(text, production, { after: NOT_PRODUCTION }),
    };
  };
}

/**
 * A tag names an environment when the whole of it or one of its words is listed: "env:staging" is staging. "non-production" and
 * "preprod" hold a production word only to deny it: they are non-production tags; "non-test" is no test tag.
 */
function tagReader(rules: RuleSet): (tag: string) => TagFindings {
  const production = compileEntries(rules.production_tags);
  const deniable = compileEntries([...rules.production_tags, ...DEFAULT_PRODUCTION_TAGS]);
  const test = compileEntries(rules.test_tags);
  return (tag) => {
    const text = prepare(tag);
    const denied = findNegatedEntry(text, deniable, NOT_PRODUCTION);
    return {
      production: findWholeEntry(tag, production) ?? findEntry(text, production, { after: NOT_PRODUCTION }),
      nonProduction:
        findWholeEntry(tag, test) ??
        findEntry(text, test, { after: NOT_TEST, within: phrases }) ??
        (denied === null ? null : `not ${denied}`),
    };
  };
}

function remembered<Findings>(read: (text: string) => Findings): (text: string) => Findings {
  const known = new Map<string, Findings>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const found = read(text);
    known.set(text, found);
    return found;
  };
}
