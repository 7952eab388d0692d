const MAX_FORMATTERS = 200;

/**
 * Keeps `Intl` formatters, which are slow to make. The key must hold everything that the maker depends on.
 * Pure for the caller: the same key gives an equal formatter.
 */
export function memoFormatter<T>(make: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MAX_FORMATTERS) kept.clear();
    const made = make(key);
    kept.set(key, made);
    return made;
  };
}

/** Server and browser know different ICU versions; their special spaces differ where their words do not. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ');
}
