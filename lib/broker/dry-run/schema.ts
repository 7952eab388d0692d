import { isIP } from 'node:net';
import { z } from 'zod';
import type { DryRunForm } from '@/lib/broker/dry-run/types';
import { parseForm } from '@/lib/form';

/** Before the name of a parameter, in the form. */
const VALUE = 'value.';
const MAX_TEXT = 100_000;
const AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

const text = z.string().max(MAX_TEXT, 'This is too long.').default('');

const dryRunSchema = z
  .object({
    kind: z.enum(['soql', 'request', 'named_query'], 'Choose what to try.'),
    soql: text,
    method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']).default('GET'),
    path: text,
    body: text,
    query: z.string().trim().max(200).default(''),
    values: z.record(z.string(), text),
    connectionId: z.uuid('Choose a connection.'),
    address: z.string().trim().max(64).default(''),
    at: z.string().trim().max(32).default(''),
  })
  .superRefine(({ kind, soql, path, query, address, at }, { addIssue, value }) => {
    const fault = (field: keyof DryRunForm, message: string) =>
      addIssue({ code: 'custom', path: [field], message, input: value });
    if (kind === 'soql' && soql.trim() === '') fault('soql', 'Write a query.');
    if (kind === 'request' && !path.trim().startsWith('/services/')) {
      fault('path', 'Write the path as Salesforce documents it, such as /services/data/v66.0/limits.');
    }
    if (kind === 'named_query' && query === '') fault('query', 'Choose a named query.');
    if (address !== '' && isIP(address) === 0) fault('address', 'Write an address, such as 203.0.113.7.');
    if (at !== '' && !(AT.test(at) && Number.isFinite(Date.parse(`${at}Z`)))) fault('at', 'Choose a time.');
  });

/** Reads the form of a dry run; `value.<name>` are the parameters of a named query. Throws INVALID_INPUT. */
export function parseDryRun(input: Record<string, unknown>): DryRunForm {
  const values = Object.entries(input).flatMap(([name, value]) =>
    name.startsWith(VALUE) ? [[name.slice(VALUE.length), value]] : [],
  );
  return parseForm(dryRunSchema, { ...input, values: Object.fromEntries(values) }, 'Nothing was tried');
}

const one = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().max(8_000));

/** What a link to the page says to begin with; what it says wrongly is taken as not said. Never throws. */
export function beginDryRun(search: Record<string, string | string[] | undefined>): DryRunForm {
  const said = (name: keyof DryRunForm) => one.catch('').parse(search[name]);
  const [path, query] = [said('path'), said('query')];
  return {
    kind: query !== '' ? 'named_query' : path === '' ? 'soql' : 'request',
    soql: said('soql'),
    method: said('method') || 'GET',
    path,
    body: '',
    query,
    values: {},
    connectionId: said('connectionId'),
    address: said('address'),
    at: '',
  };
}
