import { withoutSecrets } from './audit.service.js';
import { assertClientVisible, assertSeesAllClients, boundClientId, type Principal } from './principal.js';

const admin: Principal = { keyId: null, actor: 'bootstrap', role: 'admin', clientId: null };
const viewerOfAll: Principal = { ...admin, role: 'viewer' };
const viewerOf7: Principal = { keyId: 1, actor: 'key:x', role: 'viewer', clientId: 7 };

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('a principal', () => {
  it('sees every client, or the one it is bound to and no trace of others', () => {
    for (const principal of [admin, viewerOfAll]) {
      expect(() => {
        assertClientVisible(principal, 8);
      }).not.toThrow();
    }
    expect(() => {
      assertClientVisible(viewerOf7, 7);
    }).not.toThrow();
    expect(
      thrownBy(() => {
        assertClientVisible(viewerOf7, 8);
      }),
    ).toMatchObject({ status: 404, code: 'client_not_found' });
  });

  it('may ask about all clients unless it is bound to one', () => {
    expect(() => {
      assertSeesAllClients(viewerOfAll);
    }).not.toThrow();
    expect(
      thrownBy(() => {
        assertSeesAllClients(viewerOf7);
      }),
    ).toMatchObject({ status: 403, code: 'forbidden_role' });
  });

  it('has a client of its own only when it is bound to one', () => {
    expect(boundClientId(viewerOf7)).toBe(7);
    expect(thrownBy(() => boundClientId(admin))).toMatchObject({ status: 400, code: 'no_client_bound' });
  });
});

describe('withoutSecrets', () => {
  it('masks keys and passwords and leaves ids alone', () => {
    expect(
      withoutSecrets({ n8n_api_key: 'x', n8nApiKey: 'x', password: 'x', name: 'Acme', api_key_id: 3, key: undefined }),
    ).toEqual({
      n8n_api_key: '[redacted]',
      n8nApiKey: '[redacted]',
      password: '[redacted]',
      name: 'Acme',
      api_key_id: 3,
      key: undefined,
    });
  });
});
