import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestIdFrom } from './request-id.js';
import { SERVICE_VERSION } from './service-version.js';

describe('requestIdFrom', () => {
  it("takes over a caller's id", () => {
    expect(requestIdFrom({ 'x-request-id': 'trace-7:a.b' })).toBe('trace-7:a.b');
  });

  it.each([undefined, '', 'a b', 'x'.repeat(129), 'a\r\nSet-Cookie: x'])('makes its own instead of %j', (given) => {
    expect(requestIdFrom({ 'x-request-id': given })).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('SERVICE_VERSION', () => {
  it('is the version of the package', () => {
    const file = join(import.meta.dirname, '../../../package.json');
    expect((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version).toBe(SERVICE_VERSION);
  });
});
