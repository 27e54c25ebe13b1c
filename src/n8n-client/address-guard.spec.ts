import { isIP } from 'node:net';
import fc from 'fast-check';
import { classifyAddress, isAllowed } from './address-guard.js';
import { parseIp } from './ip-address.js';

const quad = (a: number, b: number) => fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => [a, b, c, d]);
const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Every IPv6 spelling in which an IPv4 address can travel. */
function disguises(v4: readonly number[]): string[] {
  const dotted = v4.join('.');
  const high = hex(v4.slice(0, 2));
  const low = hex(v4.slice(2));
  const inverted = v4.map((byte) => byte ^ 0xff);
  return [
    `::ffff:${dotted}`,
    `::FFFF:${high}:${low}`,
    `0:0:0:0:0:ffff:${high}:${low}`,
    `::ffff:0:${dotted}`,
    `::${dotted}`,
    `64:ff9b::${dotted}`,
    `2002:${high}:${low}::1`,
    `2001:0:1:2:3:4:${hex(inverted.slice(0, 2))}:${hex(inverted.slice(2))}`,
  ];
}

describe('address guard', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
  ])('never allows %s', (address) => {
    expect(isAllowed(address, true)).toBe(false);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fc00::1',
    'fd12::1',
    '::ffff:10.0.0.1',
  ])('allows %s only with private networks', (address) => {
    expect([isAllowed(address, true), isAllowed(address, false)]).toEqual([true, false]);
  });

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '169.253.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'allows %s',
    (address) => {
      expect(isAllowed(address, false)).toBe(true);
    },
  );

  it('sees through every disguise of a link-local address', () => {
    fc.assert(
      fc.property(quad(169, 254), (v4) => {
        for (const address of disguises(v4)) expect([address, classifyAddress(address)]).toEqual([address, 'never']);
      }),
    );
  });

  it('gives a disguise at least the kind of the address inside', () => {
    fc.assert(
      fc.property(fc.ipV4(), (dotted) => {
        const kind = classifyAddress(dotted);
        for (const address of disguises(dotted.split('.').map(Number))) {
          if (kind !== 'public') expect([address, classifyAddress(address)]).not.toEqual([address, 'public']);
        }
      }),
    );
  });

  it('refuses text that is no address', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => isIP(text) === 0),
        (text) => !isAllowed(text, true),
      ),
    );
  });
});

describe('parseIp', () => {
  it('reads exactly what Node takes for an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.stringMatching(/^[0-9a-f:.]{1,20}$/)), (text) => {
        expect([text, parseIp(text)?.length ?? 0]).toEqual([text, { 0: 0, 4: 4, 6: 16 }[isIP(text)]]);
      }),
      { numRuns: 500 },
    );
  });
});
