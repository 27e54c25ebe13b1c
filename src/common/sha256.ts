import { hash } from 'node:crypto';

export function sha256(content: Buffer | string): Buffer {
  return hash('sha256', content, 'buffer');
}
