/** Keeps values until they weigh more than allowed together; the least recently used go first. */
export class Recent<T> {
  private readonly entries = new Map<string, { value: T; weight: number }>();
  private total = 0;

  constructor(private readonly allowed: number) {}

  get(key: string): T | null {
    const entry = this.entries.get(key);
    if (!entry) return null;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  put(key: string, value: T, weight: number): void {
    const before = this.entries.get(key);
    if (before) this.total -= before.weight;
    this.entries.delete(key);
    this.entries.set(key, { value, weight });
    this.total += weight;
    for (const [oldest, entry] of this.entries) {
      if (this.total <= this.allowed || oldest === key) break;
      this.entries.delete(oldest);
      this.total -= entry.weight;
    }
  }
}
