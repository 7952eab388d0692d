import type { ParameterValues } from '@/lib/broker/named-queries/bind';
import { type ParameterValue, readValue, ValueError } from '@/lib/broker/named-queries/template/literal';
import { parseTemplate } from '@/lib/broker/named-queries/template/parse-template';
import { RESERVED_PARAMETERS } from '@/lib/broker/named-queries/types';
import type { QueryParameter } from '@/lib/broker/types';
import { AppError } from '@/lib/errors';

const RESERVED: ReadonlySet<string> = new Set(RESERVED_PARAMETERS);
/** Salesforce counts rows with 32 bits. */
const MOST_ROWS = 2_147_483_647;

/**
 * The values of a call's search parameters by their types; defaults where nothing is said. A list is said with commas, or
 * several times. Throws INVALID_INPUT, which names the parameter.
 */
export function readArguments(
  query: { name: string; soql: string; parameters: readonly QueryParameter[] },
  search: URLSearchParams,
): ParameterValues {
  const known = new Set(query.parameters.map(({ name }) => name));
  for (const name of search.keys()) {
    if (known.has(name) || RESERVED.has(name)) continue;
    const names = [...known].join(', ');
    throw refused(
      `The query ${query.name} has no parameter “${name}”.`,
      known.size > 0 ? `It has ${names}.` : 'It has none.',
    );
  }
  const values = new Map<string, ParameterValue>();
  for (const parameter of query.parameters) {
    const value = readArgument(parameter, search.getAll(parameter.name));
    if (value !== null) values.set(parameter.name, value);
  }
  for (const { pieces } of parseTemplate(query.soql)) {
    for (const piece of pieces) {
      const value =
        piece.kind === 'parameter' && piece.place === 'count' ? values.get(piece.name) : undefined;
      if (piece.kind === 'parameter' && value !== undefined && !isCount(value))
        throw refused(`The parameter “${piece.name}” must be a whole number from 0.`);
    }
  }
  return values;
}

/** Null: no value, and none is needed. */
function readArgument(parameter: QueryParameter, said: string[]): ParameterValue | null {
  const { name, type, required } = parameter;
  const texts = said.length > 0 || parameter.default === null ? said : [parameter.default];
  const [text] = texts;
  if (text === undefined) {
    if (required) throw refused(`The parameter “${name}” is required.`, describeParameter(parameter));
    return null;
  }
  const isList = type === 'string_list' || type === 'id_list';
  if (texts.length > 1 && !isList) throw refused(`The parameter “${name}” is said more than once.`);
  try {
    return readValue(type, texts.join(','));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw refused(`The parameter “${name}” ${error.message}.`, describeParameter(parameter));
  }
}

export function isCount(value: ParameterValue): boolean {
  return typeof value === 'string' && /^\d{1,10}$/.test(value) && Number(value) <= MOST_ROWS;
}

function describeParameter({ type, description }: QueryParameter): string {
  return `It is of the type ${type}${description ? `: ${description}` : '.'}`;
}

function refused(message: string, nextStep?: string): AppError {
  return new AppError('INVALID_INPUT', message, nextStep ? { nextStep } : {});
}
