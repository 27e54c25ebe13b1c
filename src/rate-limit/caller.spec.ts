import { Socket } from 'node:net';
import { type FastifyRequest } from 'fastify';
import { callerOf } from './caller.js';

/** What is looked at of a request. */
function requestFrom(ip: string | undefined): FastifyRequest {
  return { ip, headers: {}, raw: { socket: new Socket() } } as unknown as FastifyRequest;
}

describe('the caller of a request', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:db8:1:2::9', '2001:db8:1:2::'],
  ])('%s is known as %s', (ip, network) => {
    expect(callerOf(requestFrom(ip))).toEqual({ ip: network, presented: null });
    expect(callerOf(requestFrom(ip))).toEqual({ ip: network, presented: null });
  });

  it('may be gone before it is looked at', () => {
    expect(callerOf(requestFrom(undefined))).toEqual({ ip: 'gone', presented: null });
  });
});
