/** Where a parameter stands, which decides how its value is written. */
export type Place = 'value' | 'list' | 'count' | 'starts_with' | 'contains';

export type Piece =
  | { kind: 'text'; text: string; at: number }
  /** `end`: the place behind it. */
  | { kind: 'parameter'; name: string; place: Place; at: number; end: number };

/** SOQL in parts. `optional`: left out when a parameter in it has no value. */
export interface Part {
  optional: boolean;
  pieces: Piece[];
  at: number;
}

/** A text that is no template; `at`: the character's place in it, from 0. */
export class TemplateError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/**
 * What a template is made of. Texts and words come whole, so that a colon in `'a:b'` or `LAST_N_DAYS:30` is no parameter.
 */
const TOKEN =
  /(?<text>'(?:[^'\\]|\\.)*')|(?<contains>%:(?<inside>[A-Za-z]\w*)%)|(?<starts>:(?<start>[A-Za-z]\w*)%)|(?<plain>:(?<name>[A-Za-z]\w*))|(?<word>[A-Za-z_][\w.]*(?::\d+)?|[+-]?\d[\w.+:-]*)|(?<space>\s+)|(?<sign>[<>!]=|<>|[=<>(),])|(?<bracket>[[\]])/suy;

const LISTS = /^(?:in|includes|excludes)$/i;
const COUNTS = /^(?:limit|offset)$/i;

/** Reads SOQL with `:name` for values, `:name%` and `%:name%` behind LIKE, and conditions in brackets. Throws `TemplateError`. */
export function parseTemplate(soql: string): Part[] {
  const parts: Part[] = [{ optional: false, pieces: [], at: 0 }];
  let before = '';
  let open: number | null = null;
  const begin = (optional: boolean, at: number) => parts.push({ optional, pieces: [], at });
  const add = (piece: Piece) => parts.at(-1)?.pieces.push(piece);
  for (let at = 0; at < soql.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(soql);
    if (!found?.groups) throw new TemplateError(faultAt(soql, at), at);
    const { name, start, inside, bracket, space } = found.groups;
    const parameter = name ?? start ?? inside;
    if (bracket !== undefined) {
      if ((bracket === '[') === (open !== null)) throw new TemplateError(BRACKETS[bracket] ?? '', at);
      open = bracket === '[' ? at : null;
      begin(open !== null, at);
    } else if (parameter === undefined) {
      add({ kind: 'text', text: found[0], at });
      if (space === undefined) before = found[0];
    } else {
      const place = placeOf(before, start ? 'starts_with' : inside ? 'contains' : null, at);
      add({ kind: 'parameter', name: parameter, place, at, end: TOKEN.lastIndex });
      before = found[0];
    }
  }
  if (open !== null) throw new TemplateError('This bracket is not closed.', open);
  for (const { optional, pieces, at } of parts) {
    if (optional && !pieces.some(({ kind }) => kind === 'parameter'))
      throw new TemplateError(
        'In brackets stands what a parameter without a value leaves out: there is none.',
        at,
      );
  }
  return parts;
}

function placeOf(before: string, pattern: 'starts_with' | 'contains' | null, at: number): Place {
  if (pattern !== null && !/^like$/i.test(before))
    throw new TemplateError('A percent sign beside a parameter goes behind LIKE only.', at);
  if (pattern !== null) return pattern;
  if (LISTS.test(before)) return 'list';
  return COUNTS.test(before) ? 'count' : 'value';
}

const BRACKETS: Record<string, string> = {
  '[': 'Brackets stand beside each other, never in each other.',
  ']': 'No bracket is open here.',
};

function faultAt(soql: string, at: number): string {
  const rest = soql.slice(at, at + 2);
  if (rest.startsWith("'")) return 'This text does not end.';
  if (rest === '--' || rest === '/*' || rest === '//') return 'SOQL has no comments.';
  if (rest.startsWith(':')) return 'A colon is followed by the name of a parameter.';
  if (rest.startsWith('%')) return 'A percent sign goes with a parameter: :name% or %:name%.';
  return `No SOQL has “${[...soql.slice(at)][0]}” here.`;
}
