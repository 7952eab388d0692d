import { z } from 'zod';
import { inspectQuery } from '@/lib/broker/named-queries/inspect/inspect-query';
import { isCount } from '@/lib/broker/named-queries/read-arguments';
import { readValue, ValueError } from '@/lib/broker/named-queries/template/literal';
import { type QueryForm, RESERVED_PARAMETERS, type SoqlInspection } from '@/lib/broker/named-queries/types';
import { PARAMETER_TYPES, type QueryParameter } from '@/lib/broker/types';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

const RESERVED: readonly string[] = RESERVED_PARAMETERS;
const FAILED = 'The query was not saved';
const MAX_SOQL = 20_000;

const queryName = z
  .string('Give the query a name.')
  .trim()
  .min(1, 'Give the query a name.')
  .regex(
    /^[A-Za-z]\w{0,59}$/,
    'A letter, then up to 59 letters, digits or underscores, such as getOpenCases.',
  );

const parameterSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z]\w{0,39}$/,
      'A name of a parameter is a letter and up to 39 letters, digits or underscores.',
    )
    .refine(
      (name) => !RESERVED.includes(name),
      'connection, environment, format and defuse are said of every call.',
    ),
  type: z.enum(PARAMETER_TYPES, 'Choose a type of the list.'),
  required: z.boolean(),
  default: z.string().max(1_000, 'A default has at most 1,000 characters.').nullable(),
  description: z.string().trim().max(200, 'A description has at most 200 characters.'),
});

const parametersSchema = z
  .array(parameterSchema)
  .max(40, 'At most 40 parameters.')
  .superRefine((parameters, { addIssue }) => {
    const fault = (message: string) => addIssue({ code: 'custom', message, input: parameters });
    const names = parameters.map(({ name }) => name.toLowerCase());
    if (new Set(names).size < names.length) fault('Two parameters have the same name.');
    for (const parameter of parameters) {
      const why = faultOfDefault(parameter);
      if (why !== null) fault(`:${parameter.name} — ${why}`);
    }
  });

function faultOfDefault({ type, required, default: text }: QueryParameter): string | null {
  if (text === null) return null;
  if (required) return 'What is required needs no default.';
  try {
    readValue(type, text);
    return null;
  } catch (error) {
    if (error instanceof ValueError) return `The default ${error.message}.`;
    throw error;
  }
}

const queryForm = z.strictObject({
  name: queryName,
  description: z.string().trim().max(500, 'Use at most 500 characters.').default(''),
  soql: z
    .string('Write the query.')
    .trim()
    .min(1, 'Write the query.')
    .max(MAX_SOQL, 'Use at most 20,000 characters.')
    // As every browser sends them.
    .transform((soql) => soql.replaceAll('\r\n', '\n')),
  parameters: z
    .string()
    .max(100_000)
    .transform((text, { addIssue }) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        addIssue({ code: 'custom', message: 'The parameters could not be read.' });
        return z.NEVER;
      }
    })
    .pipe(parametersSchema),
});

/** Reads and checks the form of a query: `parameters` is JSON. Throws INVALID_INPUT with one message per field. */
export async function parseQueryForm(input: unknown): Promise<QueryForm> {
  const form = parseForm(queryForm, input, FAILED);
  const { fault, parameters } = await inspectQuery(form.soql, form.parameters);
  const details: Record<string, string> = {};
  if (fault) details.soql = `${placeInWords(form.soql, fault.at)}: ${fault.message}`;
  const declared = new Set(form.parameters.map(({ name }) => name));
  const missing = parameters.find((name) => !declared.has(name));
  const unused = form.parameters.find(({ name }) => !parameters.includes(name));
  if (missing !== undefined) details.parameters = `:${missing} stands in the query and has no type yet.`;
  else if (unused && !fault) details.parameters = `:${unused.name} does not stand in the query.`;
  else if (!fault) {
    const count = form.parameters.find(
      ({ name, default: text }) => text !== null && limits(form.soql, name) && !isCount(text),
    );
    if (count) details.parameters = `:${count.name} — The default must be a whole number.`;
  }
  if (Object.keys(details).length === 0) return form;
  throw new AppError('INVALID_INPUT', `${FAILED}: some fields need another look.`, {
    details,
    nextStep: 'Correct the marked fields and try again.',
  });
}

function limits(soql: string, name: string): boolean {
  return new RegExp(`\\b(?:limit|offset)\\s*:${name}\\b`, 'i').test(soql);
}

const inspected = z.object({
  soql: z.string().max(MAX_SOQL).catch(''),
  parameters: z
    .string()
    .max(100_000)
    .transform((text) => parametersWhileTyped(text))
    .catch([]),
});

/** Looks at a query that is being written; parameters that are not whole yet do not count. Never throws. */
export async function inspectDraft(input: unknown): Promise<SoqlInspection> {
  const { soql, parameters } = inspected.parse(input);
  return await inspectQuery(soql, parameters);
}

function parametersWhileTyped(text: string): QueryParameter[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one) => parameterSchema.safeParse(one).data ?? []);
}

/** `Line 3, character 7`. */
function placeInWords(soql: string, at: number): string {
  const lines = soql.slice(0, at).split('\n');
  return `Line ${lines.length}, character ${(lines.at(-1)?.length ?? 0) + 1}`;
}
