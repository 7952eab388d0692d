import type { Span } from '@/simulator/soql/ast';

/** A statement that Salesforce refuses: HTTP 400 with this code and message. */
export class SoqlError extends Error {
  readonly errorCode: string;

  constructor(errorCode: string, message: string) {
    super(message);
    this.name = 'SoqlError';
    this.errorCode = errorCode;
  }
}

/** A statement that may be right but that the simulator cannot answer: 501, never wrong rows. */
export class SoqlUnsupported extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'SoqlUnsupported';
  }
}

/** How many characters of the statement Salesforce shows on each side of the fault. */
const WINDOW = 20;

function rowAndColumn(text: string, offset: number): { row: number; column: number } {
  const before = text.slice(0, offset);
  const row = before.split('\n').length;
  return { row, column: offset - before.lastIndexOf('\n') };
}

/** `ERROR at Row:1:Column:8` below an excerpt with a caret, as the query resource answers (captured). */
export function at(text: string, span: Span, message: string): string {
  let start = Math.max(0, span.start - WINDOW);
  while (start > 0 && start < span.start && /[^\s,(]/.test(text.charAt(start - 1))) start++;
  let end = Math.min(text.length, span.end + WINDOW);
  while (end < text.length && end > span.end && /[^\s,)]/.test(text.charAt(end))) end--;
  const excerpt = text.slice(start, end).replace(/\s/g, ' ');
  const { row, column } = rowAndColumn(text, span.start);
  const caret = `${' '.repeat(span.start - start)}^`;
  return `\n${excerpt}\n${caret}\nERROR at Row:${row}:Column:${column}\n${message}`;
}

/** A refusal that points into the statement. */
export function faultAt(text: string, span: Span, errorCode: string, message: string): SoqlError {
  return new SoqlError(errorCode, at(text, span, message));
}

export function unexpectedToken(text: string, span: Span): SoqlError {
  const image = span.start >= text.length ? '<EOF>' : text.slice(span.start, span.end);
  return faultAt(text, span, 'MALFORMED_QUERY', `unexpected token: '${image}'`);
}
