/** Takes away what came first until at most so many are left: what callers send must not fill the memory. */
export function forgetOldest<K>(all: Pick<Map<K, unknown> | Set<K>, 'keys' | 'size' | 'delete'>, most: number): void {
  for (const oldest of all.keys()) {
    if (all.size <= most) return;
    all.delete(oldest);
  }
}
