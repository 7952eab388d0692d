import type { ParameterType, QueryParameter } from '@/lib/broker/types';

const SAMPLES: Record<ParameterType, string> = {
  string: 'Acme',
  number: '100',
  boolean: 'true',
  date: '2026-01-31',
  datetime: '2026-01-31T09:00:00Z',
  id: '005000000000001AAA',
  string_list: 'First,Second',
  id_list: '001000000000001AAA,001000000000002AAA',
};

/** A call to begin with, with what is required and the first of what is not; the key comes from the shell's environment. */
export function exampleCall(
  portal: string,
  query: { name: string; parameters: readonly QueryParameter[] },
): string {
  const required = query.parameters.filter((one) => one.required);
  const shown = required.length > 0 ? required : query.parameters.slice(0, 1);
  const values = shown.map((one) => `'${one.name}=${quoted(one.default ?? SAMPLES[one.type])}'`);
  const data = ['"connection=$CONNECTION"', ...values].map((value) => `  --data-urlencode ${value}`);
  return [
    'curl -G -H "Authorization: Bearer $ORGDOCK_KEY"',
    ...data,
    `  "${portal}/api/v1/queries/${query.name}/run"`,
  ].join(' \\\n');
}

/** Inside single quotes a shell reads everything as it is. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''");
}
