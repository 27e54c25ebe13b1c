/** The process answers. */
export class LivenessDto {
  /** @example 'ok' */
  status: string;

  /**
   * Since the process started.
   * @example 86400
   */
  uptime_seconds: number;
}
