import { prefersCsv, toCsv } from './csv.js';

describe('toCsv', () => {
  it('writes names, then rows; empty for null, quoted where it must be', () => {
    const rows = [
      { name: 'a, "b"', n: 1.5, none: null, yes: true, tags: ['x', 'y'] },
      { name: 'two\nlines', n: -2, none: null, yes: false, tags: [] },
    ];
    expect(toCsv(rows)).toBe('name,n,none,yes,tags\r\n"a, ""b""",1.5,,true,x;y\r\n"two\nlines",-2,,false,\r\n');
  });

  it('never gives a spreadsheet a formula, and leaves negative numbers alone', () => {
    expect(toCsv([{ name: '=HYPERLINK("x")', n: -1 }])).toBe('name,n\r\n"\'=HYPERLINK(""x"")",-1\r\n');
  });

  it('is nothing for no rows', () => {
    expect(toCsv([])).toBe('');
  });
});

describe('prefersCsv', () => {
  it.each([
    ['text/csv', true],
    ['text/csv;q=0.5, application/json;q=0.4', true],
    ['application/json, text/csv;q=0.9', false],
    ['text/csv;q=0', false],
    ['*/*', false],
    [undefined, false],
  ])('%p: %p', (accept, wanted) => {
    expect(prefersCsv(accept)).toBe(wanted);
  });
});
