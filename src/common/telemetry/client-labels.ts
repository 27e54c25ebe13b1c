import { Injectable } from '@nestjs/common';

/** Clients that get series of their own in one process; Prometheus keeps each series in memory. */
export const MAX_CLIENT_SERIES = 1_000;

const OTHERS = 'other';

/** Gives the value of the label `client_id`, within bounds: the 1,001st client of this process and all after it are `other`. */
@Injectable()
export class ClientLabels {
  private readonly known = new Set<number>();

  of(clientId: number): string {
    if (!this.known.has(clientId)) {
      if (this.known.size >= MAX_CLIENT_SERIES) return OTHERS;
      this.known.add(clientId);
    }
    return String(clientId);
  }
}
