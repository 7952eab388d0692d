import type { Statement } from '@/simulator/soql/ast';
import { faultAt, SoqlError, unexpectedToken } from '@/simulator/soql/errors';
import { spanOf } from '@/simulator/soql/literals';
import { SoqlParser } from '@/simulator/soql/parser';
import { soqlLexer } from '@/simulator/soql/tokens';

/** "SOQL Statement Character Limit" in the limits cheat sheet. */
const MAX_LENGTH = 100_000;

const parser = new SoqlParser();

function lex(text: string) {
  const { tokens, errors } = soqlLexer.tokenize(text);
  const [fault] = errors;
  if (!fault) return tokens;
  const character = text.charAt(fault.offset);
  const place = `line ${fault.line ?? 1}:${(fault.column ?? 1) - 1}`;
  const message =
    character === "'"
      ? `${place} mismatched character '<EOF>' expecting '''`
      : `${place} no viable alternative at character '${character}'`;
  throw new SoqlError('MALFORMED_QUERY', message);
}

function checkCounts({ text, limit, offset }: Statement): void {
  for (const count of [limit, offset?.value]) {
    if (count !== null && count !== undefined && !Number.isInteger(count)) {
      throw unexpectedToken(text, { start: text.length, end: text.length });
    }
  }
  if (limit !== null && limit < 0) {
    throw faultAt(text, { start: 0, end: 0 }, 'MALFORMED_QUERY', 'Limit must not be negative');
  }
}

/**
 * Reads one SOQL statement. Throws `SoqlError` (MALFORMED_QUERY, QUERY_TOO_COMPLICATED) with Salesforce's
 * wording, and `SoqlUnsupported` for SOQL that is right but beyond the simulator.
 */
export function parseSoql(text: string): Statement {
  if (text.length > MAX_LENGTH) {
    const message = `SOQL statements cannot be longer than ${MAX_LENGTH} characters.`;
    throw new SoqlError('QUERY_TOO_COMPLICATED', message);
  }
  parser.input = lex(text);
  parser.source = text;
  const statement = parser.statement();
  const [fault] = parser.errors;
  if (fault) {
    const end = Number.isFinite(fault.token.startOffset) ? spanOf(fault.token) : null;
    throw unexpectedToken(text, end ?? { start: text.length, end: text.length });
  }
  for (const one of [statement, ...statement.children.map((child) => child.statement)]) checkCounts(one);
  return statement;
}
