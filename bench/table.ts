import { type Figure, isMissed } from './figure.js';

const HEADINGS = ['figure', 'value', 'reference', 'unit', 'ratio', 'bar', ''];
/** Columns that hold numbers stand to the right. */
const NUMERIC = new Set([1, 2, 4, 5]);
const RED = '\u001b[31m';
const GREEN = '\u001b[32m';
const PLAIN = '\u001b[0m';

/** Figures as aligned lines under a heading; a missed bar says so in its last column, in red with `colour`. */
export function toTable(figures: readonly Figure[], colour: boolean): string {
  const rows = figures.map(cellsOf);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = [HEADINGS, widths.map((width) => '-'.repeat(width)), ...rows].map((cells) => aligned(cells, widths));
  return lines.map((line, index) => (colour ? coloured(line, figures[index - 2]) : line)).join('\n');
}

function cellsOf(figure: Figure): string[] {
  const { name, value, reference, unit, ratio, better, bar } = figure;
  const promise = bar === null ? '-' : `${better === 'higher' ? '>=' : '<='} ${bar}`;
  const verdict = bar === null ? 'reported' : isMissed(figure) ? 'MISSED' : 'ok';
  return [name, readable(value), readable(reference), unit, ratio.toFixed(2), promise, verdict];
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    return NUMERIC.has(column) ? cell.padStart(width) : cell.padEnd(width);
  });
  return padded.join('  ').trimEnd();
}

function coloured(line: string, figure: Figure | undefined): string {
  if (figure === undefined || figure.bar === null) return line;
  return `${isMissed(figure) ? RED : GREEN}${line}${PLAIN}`;
}

/** Whole numbers with separators from a hundred on, three digits below. */
function readable(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
