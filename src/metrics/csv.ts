/** Rows of an answer as RFC 4180 text: the names of the first row, then the values. Lists are joined by `;`. */
export function toCsv(rows: readonly object[]): string {
  const first = rows[0];
  if (first === undefined) return '';
  const columns = Object.keys(first);
  const lines = rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return columns.map((column) => cell(values.get(column))).join(',');
  });
  return [columns.join(','), ...lines, ''].join('\r\n');
}

/** Whether the caller wants CSV rather than JSON, by the qualities of its Accept header. */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const qualities = new Map(accept.split(',').map((part) => mediaRange(part)));
  const csv = qualities.get('text/csv') ?? 0;
  return csv > 0 && csv >= (qualities.get('application/json') ?? 0);
}

function mediaRange(part: string): [type: string, quality: number] {
  const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return [type, quality === undefined ? 1 : Number(quality.slice(2)) || 0];
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = Array.isArray(value) ? value.join(';') : typeof value === 'string' ? value : JSON.stringify(value);
  // A spreadsheet would run a workflow's name that begins like a formula.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
