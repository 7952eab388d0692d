import {
  type Call,
  countStatement,
  type Effects,
  notUnderstood,
  onlyParameters,
  requireList,
  requireMethod,
  requireName,
  requireObject,
} from '@/lib/broker/policy/request/call';
import { describeOnly, listOf, read, readFields } from '@/lib/broker/policy/request/records';
import { addTouchesOfSoql } from '@/lib/broker/policy/soql/understand-soql';
import { EVERY, NO_OBJECT } from '@/lib/broker/policy/types';

const RETURNING =
  /^\s*FIND\s*\{[^{}\\]*\}(?:\s+IN\s+(?:ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS)?\s+RETURNING\s+(.+?)(?:\s+LIMIT\s+\d+)?\s*$/is;
const RETURNED = /^\s*([A-Za-z]\w*)\s*(?:\(([^()]*)\))?\s*(?:,|$)/;

/** `/search`: SOSL. Whatever is returned, it was found by what any field holds. */
export async function addSearch(effects: Effects, call: Call, path: readonly string[]): Promise<void> {
  if (path[0] === 'scopeOrder' || path[0] === 'layout') return describeOnly(effects, call, NO_OBJECT);
  requireMethod(call, 'GET');
  const text = call.parameters.get('q')?.replace(/\s+/g, ' ');
  if (path.length > 0 || text === undefined)
    return everything(effects, 'The search is of a kind that names no objects.');
  onlyParameters(call, 'q');
  countStatement(effects);
  if (/--|\/\*|\/\//.test(text)) throw notUnderstood('The SOSL has a comment.');
  let rest = RETURNING.exec(text)?.[1];
  if (rest === undefined)
    return everything(effects, 'The SOSL is not FIND {…} IN … FIELDS RETURNING … with objects.');
  while (rest.trim() !== '') {
    const match: RegExpExecArray | null = RETURNED.exec(rest);
    if (!match?.[1]) return everything(effects, 'What the SOSL returns is more than objects with fields.');
    await addReturned(effects, match[1], match[2] ?? 'Id');
    rest = rest.slice(match[0].length);
  }
}

async function addReturned(effects: Effects, sobject: string, inside: string): Promise<void> {
  const [, fields = '', more = ''] =
    /^(.*?)((?:\s(?:WHERE|ORDER\s+BY|LIMIT|OFFSET|USING)\s.*)?)$/is.exec(inside) ?? [];
  if (/^\s*USING\s/i.test(more)) return everything(effects, 'The SOSL uses a list view.');
  read(effects, 'search', sobject, EVERY);
  const unclear = await addTouchesOfSoql(
    effects.touches,
    `SELECT ${fields} FROM ${sobject}${more}`,
    effects.objects,
    'search',
  );
  effects.unclear ??= unclear;
}

/** `/parameterizedSearch`, by parameters or by a body. */
export async function addParameterizedSearch(effects: Effects, call: Call): Promise<void> {
  requireMethod(call, 'GET', 'POST');
  const body = call.method === 'POST' ? requireObject(call.body) : Object.fromEntries(call.parameters);
  if (call.method === 'POST') onlyParameters(call);
  const sobjects =
    call.method === 'POST'
      ? body.sobjects
      : body.sobject === undefined
        ? undefined
        : String(body.sobject).split(',');
  if (sobjects === undefined) return everything(effects, 'The search names no objects.');
  // Those of all objects: a path among them leads to others.
  const ofAll = body.fields === undefined ? [] : fieldsIn(body.fields);
  for (const entry of requireList(sobjects, 20)) {
    const named =
      typeof entry === 'string' ? { name: entry } : requireObject(entry, 'name', 'limit', 'fields');
    const sobject = requireName(named.name);
    const fields = 'fields' in named ? requireList(named.fields, 500).map(String) : undefined;
    read(effects, 'search', sobject, EVERY);
    await readFields(effects, sobject, [...(fields ?? ['Id']), ...ofAll], 'search');
  }
  const known =
    /^(?:q|in|sobject|sobjects|fields|overallLimit|defaultLimit|offset|spellCorrection|[A-Za-z]\w*\.(?:fields|limit))$/;
  const unknown = Object.keys(body).find((key) => !known.test(key));
  if (unknown) effects.unclear = `The search has ${unknown}, which may ask for more.`;
  for (const [key, value] of Object.entries(body)) {
    const of = /^([A-Za-z]\w*)\.fields$/.exec(key)?.[1];
    if (of) await readFields(effects, of, listOf(String(value)), 'search');
  }
}

function fieldsIn(value: unknown): string[] {
  return typeof value === 'string' ? (listOf(value) ?? []) : requireList(value, 500).map(String);
}

function everything(effects: Effects, unclear: string): void {
  read(effects, 'search', EVERY, EVERY);
  effects.unclear ??= unclear;
}
