/** A setting that an act changed. Null: it was not there. */
export interface Change {
  name: string;
  before: string | null;
  after: string | null;
}

type Details = Record<string, unknown>;

/** What `before` and `after` of an entry differ in, by setting. */
export function changesOf({ before, after }: Details): Change[] {
  if (before === undefined && after === undefined) return [];
  const [old, now] = [settingsOf(before), settingsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names
    .map((name) => ({ name, before: inText(old[name]), after: inText(now[name]) }))
    .filter((change) => change.before !== change.after);
}

/** The other facts of an entry, as names and texts. */
export function factsOf(details: Details): Array<[string, string]> {
  return Object.entries(details).flatMap(([name, value]): Array<[string, string]> => {
    const text = name === 'before' || name === 'after' ? null : inText(value);
    return text === null ? [] : [[name, text]];
  });
}

function settingsOf(value: unknown): Details {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  return value === undefined || value === null ? {} : { value };
}

function inText(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
