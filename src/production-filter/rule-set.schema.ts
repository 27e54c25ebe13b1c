import { z } from 'zod';
import { patternProblem } from './pattern.js';
import {
  DEFAULT_PRODUCTION_TAGS,
  DEFAULT_PRODUCTION_WORDS,
  DEFAULT_TEST_TAGS,
  DEFAULT_TEST_WORDS,
  PRESETS,
  type RuleDefaults,
  type RuleSet,
  WEEKDAYS,
} from './rule-set.js';
import { isUsableEntry } from './word-list.js';

/** Entries of any list of the rules. */
const MAX_ENTRIES = 50;
/** Characters of one entry. */
const MAX_ENTRY_LENGTH = 200;
const MAX_DURATION_MS = 86_400_000;

const flag = z.boolean('must be true or false');

const text = z
  .string('must be a text')
  .min(1, 'must not be empty')
  .max(MAX_ENTRY_LENGTH, `must have at most ${MAX_ENTRY_LENGTH} characters`)
  // PostgreSQL stores neither in a jsonb.
  .refine((entry) => !/[\0\p{Cs}]/u.test(entry), 'must not hold NUL or half a surrogate pair');

/** Patterns that were accepted once stay what they are, whatever limits came later. */
const storedPattern = text;

const pattern = text.superRefine((entry, context) => {
  if (context.issues.length > 0) return;
  const problem = patternProblem(entry);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const word = text.refine(isUsableEntry, 'must hold a letter, a digit or a symbol');

// The length is checked before the entries, so that a long list costs nothing.
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z.array(z.unknown(), 'must be a list').max(MAX_ENTRIES, `must have at most ${MAX_ENTRIES} entries`).pipe(z.array(entry));

const words = (fallback: readonly string[]) => list(word).default([...fallback]);

const time = (last: RegExp, message: string) => z.string(message).regex(last, message);

const weekday = z.enum(WEEKDAYS, `must be one of ${WEEKDAYS.join(', ')}`);

const quietHours = z
  .strictObject(
    {
      from: time(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'must be a time from 00:00 to 23:59'),
      to: time(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/u, 'must be a time from 00:00 to 24:00'),
      days: list(weekday)
        .refine((days) => days.length > 0, 'must name at least one day')
        .default([...WEEKDAYS])
        .transform((days) => WEEKDAYS.filter((day) => days.includes(day))),
    },
    'must be an object with from, to and days',
  )
  .refine(({ from, to }) => from !== to, 'from and to must differ (a whole day is 00:00 to 24:00)');

/** What cannot be meant. Entries that merely have no effect, such as a word in both word lists, are not among it. */
function contradictions(
  rules: Pick<RuleSet, 'include_only' | 'exclude_workflow_patterns' | 'include_workflow_patterns'>,
): { path: PropertyKey[]; message: string }[] {
  const { include_only: only, exclude_workflow_patterns: exclude, include_workflow_patterns: include } = rules;
  if (only && include.length === 0) {
    return [{ path: ['include_only'], message: 'needs include_workflow_patterns: without any, nothing would be production' }];
  }
  return include.flatMap((entry, index) =>
    exclude.includes(entry)
      ? [
          {
            path: ['include_workflow_patterns', index],
            message: 'is among exclude_workflow_patterns too, and those are tried first',
          },
        ]
      : [],
  );
}

/**
 * Every key a rule set may have: its type, its limits, its default.
 * @param kept it is read back from the store: only its form matters, not what is refused of new ones
 */
export function ruleSetSchema(defaults: RuleDefaults, kept = false): z.ZodType<RuleSet> {
  const patterns = list(kept ? storedPattern : pattern).default([]);
  return z
    .strictObject(
      {
        preset: z.enum(PRESETS, `must be one of ${PRESETS.join(', ')}`).default('default'),
        exclude_manual: flag.default(defaults.excludeManual),
        exclude_test_workflows: flag.default(defaults.excludeTestWorkflows),
        exclude_non_production_tags: flag.optional(),
        exclude_workflow_patterns: patterns,
        include_workflow_patterns: patterns,
        include_only: flag.default(false),
        count_sub_workflows: flag.default(false),
        name_match: z.enum(['word', 'substring'], 'must be word or substring').default('word'),
        test_words: words(DEFAULT_TEST_WORDS),
        production_words: words(DEFAULT_PRODUCTION_WORDS),
        test_tags: words(DEFAULT_TEST_TAGS),
        production_tags: words(DEFAULT_PRODUCTION_TAGS),
        match_execution_data: flag.default(true),
        min_duration_ms: z
          .int(`must be a whole number of milliseconds from 0 to ${MAX_DURATION_MS}`)
          .min(0, 'must be at least 0')
          .max(MAX_DURATION_MS, `must be at most ${MAX_DURATION_MS}`)
          // -0 would not survive being stored and then never equal itself.
          .transform(Math.abs)
          .default(0),
        quiet_hours: list(quietHours).default([]),
      },
      'must be a JSON object',
    )
    .superRefine((rules, context) => {
      // That preset looks at nothing else.
      if (kept || rules.preset === 'n8n_insights') return;
      for (const { path, message } of contradictions(rules)) context.addIssue({ code: 'custom', path, message });
    })
    .transform(({ exclude_non_production_tags: tags, ...rules }) => ({
      ...rules,
      exclude_non_production_tags: tags ?? rules.exclude_test_workflows,
    }));
}
