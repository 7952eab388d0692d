import { bind } from '@/lib/broker/named-queries/bind';
import { positionOfFault } from '@/lib/broker/named-queries/inspect/position';
import { misfit, type ParameterValue } from '@/lib/broker/named-queries/template/literal';
import { type Part, parseTemplate, TemplateError } from '@/lib/broker/named-queries/template/parse-template';
import type { SoqlFault, SoqlInspection } from '@/lib/broker/named-queries/types';
import { understandSoql } from '@/lib/broker/policy/soql/understand-soql';
import type { Understood } from '@/lib/broker/policy/types';
import type { ParameterType, QueryParameter } from '@/lib/broker/types';

const SAMPLES: Record<ParameterType, ParameterValue> = {
  string: 'x',
  number: '1',
  boolean: 'true',
  date: '2026-11-27',
  datetime: '2026-11-27T09:30:00.000Z',
  id: '001000000000001AAA',
  string_list: ['x'],
  id_list: ['001000000000001AAA'],
};

/**
 * Whether a named query can be run with whatever values, what it names and what it reads. It is tried with every condition
 * in brackets and without each of them. A parameter that nobody has declared yet is taken as a text.
 */
export async function inspectQuery(
  soql: string,
  parameters: readonly QueryParameter[],
): Promise<SoqlInspection> {
  const none: SoqlInspection = { fault: null, parameters: [], reads: [] };
  let parts: Part[];
  try {
    parts = parseTemplate(soql);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { ...none, fault: { at: error.at, message: error.message } };
  }
  const places = parts.flatMap(({ pieces, optional }) =>
    pieces.flatMap((piece) => (piece.kind === 'parameter' ? [{ ...piece, optional }] : [])),
  );
  const names = [...new Set(places.map(({ name }) => name))];
  const known = names.map((name) => parameters.find((one) => one.name === name) ?? undeclared(name, places));
  const found = { ...none, parameters: names };
  for (const { name, place, at, optional } of places) {
    const parameter = known.find((one) => one.name === name);
    const why = parameter && (misfit(parameter.type, place) ?? missing(parameter, optional, parameters));
    if (why) return { ...found, fault: { at, message: `:${name} — ${why}` } };
  }
  const whole = await understandParts(parts, known);
  if ('fault' in whole) return { ...found, fault: whole.fault };
  for (const [index, part] of parts.entries()) {
    const without = part.optional ? await understandParts(parts.toSpliced(index, 1), known) : null;
    if (without && 'fault' in without) {
      const message = `Without this condition the query cannot be run. ${without.fault.message}`;
      return { ...found, fault: { at: part.at, message } };
    }
  }
  return { ...found, reads: readsOf(whole) };
}

function undeclared(name: string, places: { name: string; place: string }[]): QueryParameter {
  const place = places.find((one) => one.name === name)?.place;
  const type = place === 'list' ? 'string_list' : place === 'count' ? 'number' : 'string';
  return { name, type, required: true, default: null, description: '' };
}

function missing(
  { name, required, default: text }: QueryParameter,
  optional: boolean,
  declared: readonly QueryParameter[],
): string | null {
  if (optional || required || text !== null || !declared.some((one) => one.name === name)) return null;
  return 'It may be left out, so put its condition in brackets, give it a default or make it required.';
}

async function understandParts(
  parts: readonly Part[],
  parameters: readonly QueryParameter[],
): Promise<Understood | { fault: SoqlFault }> {
  const values = new Map(parameters.map(({ name, type }) => [name, SAMPLES[type]]));
  const { soql, origin } = bind(parts, parameters, values);
  const what = await understandSoql(soql, null);
  if ('refused' in what) {
    const place = positionOfFault(soql);
    if (place === null) return { fault: { at: 0, message: what.reason } };
    const { at, word } = place;
    const message =
      word === null ? 'The query ends too soon.' : `It cannot go on with “${word.slice(0, 40)}”.`;
    return { fault: { at: origin(at), message } };
  }
  if (!what.reads)
    return { fault: { at: 0, message: 'A named query reads. FOR VIEW and FOR REFERENCE write.' } };
  return what;
}

function readsOf({ touches }: Understood): SoqlInspection['reads'] {
  const bySobject = new Map<string, Set<string>>();
  for (const { sobject, field } of touches) {
    const fields = bySobject.get(sobject) ?? new Set();
    if (field !== null) fields.add(field);
    bySobject.set(sobject, fields);
  }
  return [...bySobject].map(([sobject, fields]) => ({ sobject, fields: [...fields] }));
}
