/** The list with one entry at another place; places outside of it are its ends. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = [...list];
  const [one] = rest.splice(from, 1);
  if (one === undefined) return rest;
  rest.splice(Math.min(Math.max(to, 0), rest.length), 0, one);
  return rest;
}

/** The names with these among them (at the end) or without them. */
export function withNames(names: readonly string[], which: readonly string[], shown: boolean): string[] {
  const rest = names.filter((name) => shown || !which.includes(name));
  return shown ? [...rest, ...which.filter((name) => !rest.includes(name))] : rest;
}
