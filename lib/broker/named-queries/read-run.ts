import { z } from 'zod';
import { bindQuery } from '@/lib/broker/named-queries/bind';
import { readArguments } from '@/lib/broker/named-queries/read-arguments';
import type { QueryParameter } from '@/lib/broker/types';
import { AppError } from '@/lib/errors';

const OPTIONS = {
  format: z.enum(['json', 'ndjson', 'csv'], 'must be json, ndjson or csv').default('json'),
  defuse: z.enum(['true', 'false'], 'must be true or false').default('true'),
};

/** What a call of a named query comes to. */
export interface Run {
  name: string;
  /** With the call's values in their places. */
  soql: string;
  format: 'json' | 'ndjson' | 'csv';
  defuse: boolean;
}

/** Reads what a call says in its search parameters. Throws INVALID_INPUT, which names the parameter. */
export function readRun(
  query: { name: string; soql: string; parameters: readonly QueryParameter[] },
  search: URLSearchParams,
): Run {
  const format = readOption('format', search);
  const defuse = readOption('defuse', search) === 'true';
  return { name: query.name, soql: bindQuery(query, readArguments(query, search)), format, defuse };
}

function readOption<Name extends keyof typeof OPTIONS>(
  name: Name,
  search: URLSearchParams,
): z.infer<(typeof OPTIONS)[Name]> {
  const parsed = OPTIONS[name].safeParse(search.get(name) ?? undefined);
  if (parsed.success) return parsed.data as z.infer<(typeof OPTIONS)[Name]>;
  throw new AppError('INVALID_INPUT', `The parameter “${name}” ${parsed.error.issues[0]?.message}.`);
}
