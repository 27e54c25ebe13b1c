import { Socket } from 'node:net';
import { type FastifyRequest } from 'fastify';
import { sha256 } from '../common/index.js';
import { presentedBy, presentedKey } from './presented-key.js';

/** What is looked at of a request. */
function requestOn(socket: Socket, headers: FastifyRequest['headers']): Pick<FastifyRequest, 'headers' | 'raw'> {
  return { headers, raw: { socket } } as Pick<FastifyRequest, 'headers' | 'raw'>;
}

describe('presentedKey', () => {
  it('reads both headers, the standard one first', () => {
    expect(presentedKey({ authorization: 'Bearer abc' })).toBe('abc');
    expect(presentedKey({ authorization: 'bearer  abc ' })).toBe('abc');
    expect(presentedKey({ 'x-api-key': ' abc ' })).toBe('abc');
    expect(presentedKey({ authorization: 'Bearer abc', 'x-api-key': 'def' })).toBe('abc');
    expect(presentedKey({ authorization: 'Basic abc' })).toBeNull();
    expect(presentedKey({ 'x-api-key': '  ' })).toBeNull();
    expect(presentedKey({})).toBeNull();
  });
});

describe('the key that a request shows', () => {
  it('comes with its digest', () => {
    const digest = sha256('abc');
    const hash = digest.toString('hex').slice(0, 32);
    expect(presentedBy(requestOn(new Socket(), { authorization: 'Bearer abc' }))).toEqual({ text: 'abc', digest, hash });
  });

  it('is hashed once for a connection, unless it is longer than keys are', () => {
    for (const [length, isRemembered] of [
      [51, true],
      [1_000, false],
    ] as const) {
      const request = requestOn(new Socket(), { authorization: `Bearer ${'k'.repeat(length)}` });
      expect(presentedBy(request) === presentedBy(request)).toBe(isRemembered);
    }
  });

  it('is its own, whatever came before it on the same connection', () => {
    const sockets = [new Socket(), new Socket()];
    const shown: FastifyRequest['headers'][] = [
      { authorization: 'Bearer abc' },
      { authorization: 'Bearer abc' },
      {},
      { 'x-api-key': 'def' },
      { authorization: 'Bearer abc', 'x-api-key': 'def' },
      { authorization: 'Basic abc', 'x-api-key': 'def' },
      { authorization: 'Bearer abd' },
      {},
    ];
    for (const headers of [...shown, ...shown.reverse()]) {
      for (const socket of sockets) {
        const text = presentedKey(headers);
        const presented = presentedBy(requestOn(socket, headers));
        expect(presented?.text ?? null).toBe(text);
        expect(presented?.digest ?? null).toEqual(text === null ? null : sha256(text));
      }
    }
  });
});
