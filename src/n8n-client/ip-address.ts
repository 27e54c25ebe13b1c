/**
 * Reads an IPv4 or IPv6 address as its 4 or 16 bytes, `null` for anything else. A zone (`fe80::1%eth0`) is dropped, for the
 * address decides. Only canonical dotted IPv4 is read: URL and resolver have normalised every other spelling before.
 */
export function parseIp(address: string): number[] | null {
  const text = address.split('%')[0] ?? '';
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** IPv4 addresses that travel inside this IPv6 address: mapped, compatible, NAT64, 6to4 and Teredo. */
export function embeddedIpv4(bytes: readonly number[]): number[][] {
  if (bytes.length !== 16) return [];
  const tail = bytes.slice(12);
  if (startsWith(bytes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) || startsWith(bytes, ZEROS.slice(0, 12))) return [tail];
  if (startsWith(bytes, [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0])) return [tail];
  if (startsWith(bytes, [0x00, 0x64, 0xff, 0x9b])) return [tail];
  if (startsWith(bytes, [0x20, 0x02])) return [bytes.slice(2, 6)];
  if (startsWith(bytes, [0x20, 0x01, 0, 0])) return [bytes.slice(4, 8), tail.map((byte) => byte ^ 0xff)];
  return [];
}

/** Whether `bytes` lies in the network that begins with `network` and is `bits` long. */
export function inNetwork(bytes: readonly number[], network: readonly number[], bits: number): boolean {
  if (bytes.length !== network.length) return false;
  const whole = Math.floor(bits / 8);
  if (!startsWith(bytes, network.slice(0, whole))) return false;
  const mask = (0xff00 >> (bits % 8)) & 0xff;
  return ((bytes[whole] ?? 0) & mask) === ((network[whole] ?? 0) & mask);
}

const ZEROS: readonly number[] = Array.from({ length: 16 }, () => 0);

function startsWith(bytes: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.map(Number);
}

function parseIpv6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groups(halves[0] ?? '');
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 2) return null;
  return [...head, ...ZEROS.slice(0, gap), ...tail];
}

/** Bytes of colon-separated groups; the last one may be a dotted IPv4 address. */
function groups(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (v4 !== null) bytes.push(...v4);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) bytes.push(parseInt(part, 16) >> 8, parseInt(part, 16) & 0xff);
    else return null;
  }
  return bytes;
}
