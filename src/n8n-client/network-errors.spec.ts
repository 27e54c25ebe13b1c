import fc from 'fast-check';
import { BlockedAddressError } from './guarded-connector.js';
import { N8nError } from './n8n-error.js';
import { networkError } from './network-errors.js';

const coded = (code: string, extra: object = {}) => Object.assign(new Error('x'), { code }, extra);

describe('networkError', () => {
  it.each([
    ['ECONNREFUSED', 'refused', true],
    ['ENOTFOUND', 'dns', false],
    ['EAI_AGAIN', 'dns', true],
    ['ETIMEDOUT', 'timeout', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', true],
    ['CERT_HAS_EXPIRED', 'tls', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', false],
    ['HPE_INVALID_CONSTANT', 'not_n8n', false],
    ['ECONNRESET', 'network', true],
    ['UND_ERR_SOCKET', 'network', true],
    ['EHOSTUNREACH', 'network', true],
  ])('maps %s to %s', (code, expected, retryable) => {
    expect(networkError(coded(code), 'http://x')).toMatchObject({ code: expected, retryable, status: null });
  });

  it('looks inside wrapped errors', () => {
    const happyEyeballs = Object.assign(new Error('x'), { errors: [coded('ECONNREFUSED'), coded('ECONNREFUSED')] });
    expect(networkError(happyEyeballs, 'http://x').code).toBe('refused');
    expect(networkError(coded('UND_ERR_SOCKET', { cause: coded('CERT_HAS_EXPIRED') }), 'http://x').code).toBe('tls');
    expect(
      networkError(Object.assign(new Error('x'), { cause: new BlockedAddressError('169.254.1.1') }), 'http://x'),
    ).toMatchObject({
      code: 'blocked_address',
      message: expect.stringContaining('169.254.1.1') as string,
    });
  });

  it('survives errors that contain themselves', () => {
    const loop: { cause?: unknown } = {};
    loop.cause = loop;
    expect(networkError(loop, 'http://x').code).toBe('network');
  });

  it('makes an N8nError of whatever was thrown', () => {
    fc.assert(fc.property(fc.anything(), (thrown) => networkError(thrown, 'http://x') instanceof N8nError));
  });
});
