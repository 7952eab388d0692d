import { literalOf, type ParameterValue } from '@/lib/broker/named-queries/template/literal';
import { type Part, type Piece, parseTemplate } from '@/lib/broker/named-queries/template/parse-template';
import type { QueryParameter } from '@/lib/broker/types';

export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** Bound SOQL, and where each of its characters comes from. */
export interface Bound {
  soql: string;
  /** The place in the template that a place in the SOQL is of. */
  origin: (at: number) => number;
}

/**
 * SOQL with its values in their places. Conditions in brackets fall out when a parameter in them has no value; everywhere
 * else each parameter needs one. Values are written by lib/soql/quote alone, so none is ever more than one literal.
 */
export function bind(
  parts: readonly Part[],
  parameters: readonly QueryParameter[],
  values: ParameterValues,
): Bound {
  const types = new Map(parameters.map(({ name, type }) => [name, type]));
  const spans: { from: number; at: number; isText: boolean }[] = [];
  let soql = '';
  const write = (piece: Piece) => {
    spans.push({ from: soql.length, at: piece.at, isText: piece.kind === 'text' });
    if (piece.kind === 'text') {
      soql += piece.text;
      return;
    }
    const value = values.get(piece.name);
    const type = types.get(piece.name);
    if (value === undefined || type === undefined) throw new Error(`no value for :${piece.name}`);
    soql += literalOf(type, value, piece.place);
  };
  for (const { optional, pieces } of parts) {
    const isWhole = pieces.every((piece) => piece.kind === 'text' || values.has(piece.name));
    if (!optional || isWhole) for (const piece of pieces) write(piece);
  }
  return {
    soql,
    origin: (at) => {
      const span = spans.findLast(({ from }) => from <= at);
      return span ? span.at + (span.isText ? at - span.from : 0) : 0;
    },
  };
}

/** A named query's SOQL with its values. */
export function bindQuery(
  query: { soql: string; parameters: readonly QueryParameter[] },
  values: ParameterValues,
): string {
  return bind(parseTemplate(query.soql), query.parameters, values).soql;
}
