/** bigint columns that stay far below 2^53: numbers in code, text on the wire. */
export const bigintNumber = {
  to: (value: number | null | undefined): number | null | undefined => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
