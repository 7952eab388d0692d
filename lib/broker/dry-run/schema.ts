import { isIP } from 'node:net';
import { z } from 'zod';
import type { DryRunForm } from '@/lib/broker/dry-run/types';
import { parseForm } from '@/lib/form';

const MAX_TEXT = 100_000;
const AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

const text = z.string().max(MAX_TEXT, 'This is too long.').default('');

const dryRunSchema = z
  .object({
    kind: z.enum(['soql', 'request'], 'Choose what to try.'),
    soql: text,
    method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']).default('GET'),
    path: text,
    body: text,
    connectionId: z.uuid('Choose a connection.'),
    address: z.string().trim().max(64).default(''),
    at: z.string().trim().max(32).default(''),
  })
  .superRefine(({ kind, soql, path, address, at }, { addIssue, value }) => {
    const fault = (field: keyof DryRunForm, message: string) =>
      addIssue({ code: 'custom', path: [field], message, input: value });
    if (kind === 'soql' && soql.trim() === '') fault('soql', 'Write a query.');
    if (kind === 'request' && !path.trim().startsWith('/services/')) {
      fault('path', 'Write the path as Salesforce documents it, such as /services/data/v66.0/limits.');
    }
    if (address !== '' && isIP(address) === 0) fault('address', 'Write an address, such as 203.0.113.7.');
    if (at !== '' && !(AT.test(at) && Number.isFinite(Date.parse(`${at}Z`)))) fault('at', 'Choose a time.');
  });

/** Reads the form of a dry run. Throws INVALID_INPUT. */
export function parseDryRun(input: Record<string, unknown>): DryRunForm {
  return parseForm(dryRunSchema, input, 'Nothing was tried');
}

const one = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().max(8_000));

/** What a link to the page says to begin with; what it says wrongly is taken as not said. Never throws. */
export function beginDryRun(search: Record<string, string | string[] | undefined>): DryRunForm {
  const said = (name: keyof DryRunForm) => one.catch('').parse(search[name]);
  const path = said('path');
  return {
    kind: path === '' ? 'soql' : 'request',
    soql: said('soql'),
    method: said('method') || 'GET',
    path,
    body: '',
    connectionId: said('connectionId'),
    address: said('address'),
    at: '',
  };
}
