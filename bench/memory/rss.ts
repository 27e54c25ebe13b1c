import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { median } from '../figure.js';

const KB_IN_MB = 1024;

/** Resident memory of a process in MB, as the operating system counts it. @throws Error when there is no such process */
export function rssOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const megabytes = Number(kilobytes) / KB_IN_MB;
  if (!Number.isFinite(megabytes) || megabytes <= 0) throw new Error(`process ${pid} shows no memory`);
  return megabytes;
}

/** Looks at a process's memory again and again. */
export class RssSampler {
  private readonly samples: number[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(pid: number, everyMs: number) {
    this.timer = setInterval(() => {
      try {
        this.samples.push(rssOf(pid));
      } catch {
        // The process has just ended: whoever waits for its answers says so.
      }
    }, everyMs);
  }

  /** @returns the largest and the middle sample, MB @throws Error when there was no time for a sample */
  stop(): { peak: number; middle: number } {
    clearInterval(this.timer);
    return { peak: Math.max(...this.samples), middle: median(this.samples) };
  }

  /** The newest sample in MB, 0 before the first. */
  get latest(): number {
    return this.samples.at(-1) ?? 0;
  }
}
