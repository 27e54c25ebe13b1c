const MOST_EXAMPLES = 6;

/** One complaint, with some of its cases. */
export function few(complaint: string, cases: readonly string[]): string[] {
  if (cases.length === 0) return [];
  const more = cases.length > MOST_EXAMPLES ? [`... and ${cases.length - MOST_EXAMPLES} more`] : [];
  return [
    `${complaint} (${cases.length}):\n${[...cases.slice(0, MOST_EXAMPLES), ...more].map((text) => `    ${text}`).join('\n')}`,
  ];
}
