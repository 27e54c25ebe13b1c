import { embeddedIpv4, inNetwork, parseIp } from './ip-address.js';

/** `never`: refused whatever the configuration says. `private`: allowed only with `allowPrivateNetworks`. */
export type AddressKind = 'public' | 'private' | 'never';

type Network = readonly [bytes: readonly number[], bits: number];

function networks(...texts: string[]): Network[] {
  return texts.map((text) => {
    const [address = '', bits = ''] = text.split('/');
    const bytes = parseIp(address);
    if (bytes === null) throw new Error(`not a network: ${text}`);
    return [bytes, Number(bits)];
  });
}

/** Link-local, cloud metadata and host agents (AWS, GCP, Azure, Oracle, Alibaba), multicast and reserved. */
const NEVER = networks(
  '169.254.0.0/16',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
);

/** Everything else that is not on the public internet (IANA special-purpose registries). */
const PRIVATE = networks(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '::/127',
  'fc00::/7',
  'fec0::/10',
  '2001:db8::/32',
);

/** `::` and `::1` would otherwise be read as the IPv4-compatible forms of 0.0.0.0 and 0.0.0.1. */
const LOOPBACK_AND_NONE: readonly number[] = Array.from({ length: 16 }, () => 0);

/** What kind of address this is, also when it hides inside an IPv6 form. Text that is no address counts as `never`. */
export function classifyAddress(address: string): AddressKind {
  const bytes = parseIp(address);
  return bytes === null ? 'never' : classifyBytes(bytes);
}

/** Whether a connection to this address may be opened. */
export function isAllowed(address: string, allowPrivateNetworks: boolean): boolean {
  const kind = classifyAddress(address);
  return kind === 'public' || (kind === 'private' && allowPrivateNetworks);
}

function classifyBytes(bytes: readonly number[]): AddressKind {
  const kinds = [own(bytes), ...(inNetwork(bytes, LOOPBACK_AND_NONE, 127) ? [] : embeddedIpv4(bytes).map(own))];
  if (kinds.includes('never')) return 'never';
  return kinds.includes('private') ? 'private' : 'public';
}

function own(bytes: readonly number[]): AddressKind {
  if (NEVER.some(([network, bits]) => inNetwork(bytes, network, bits))) return 'never';
  return PRIVATE.some(([network, bits]) => inNetwork(bytes, network, bits)) ? 'private' : 'public';
}
