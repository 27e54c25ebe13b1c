import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { isAllowed } from './address-guard.js';

/** The name leads only to addresses that are refused. Becomes `blocked_address`. */
export class BlockedAddressError extends Error {
  constructor(readonly address: string) {
    super(`${address} is not an address that may be called`);
    this.name = 'BlockedAddressError';
  }
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Opens connections to allowed addresses only. The check is made on the address that is connected to, after name resolution,
 * so a name that resolves to another address later gains nothing. Literal addresses are never looked up and are checked here.
 */
export function guardedConnector(allowPrivateNetworks: boolean, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(allowPrivateNetworks) });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isAllowed(host, allowPrivateNetworks)) callback(new BlockedAddressError(host), null);
    else connect(options, callback);
  };
}

/** `dns.lookup` without the refused addresses; an error when none is left. */
function guardedLookup(allowPrivateNetworks: boolean) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => isAllowed(address, allowPrivateNetworks));
      const first = allowed[0];
      if (first === undefined) callback(new BlockedAddressError(addresses[0]?.address ?? hostname), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
