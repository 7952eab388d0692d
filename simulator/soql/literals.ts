import type { IToken } from 'chevrotain';
import type { Literal, Span } from '@/simulator/soql/ast';
import { faultAt, unexpectedToken } from '@/simulator/soql/errors';

export function spanOf(first: IToken, last: IToken = first): Span {
  return { start: first.startOffset, end: (last.endOffset ?? last.startOffset) + 1 };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/**
 * `value` is the string that `=` compares. In `raw`, `\%` and `\_` keep their backslash and so does `\\`:
 * it is a LIKE pattern. Anything else after a backslash is refused, as in "Quoted String Escape Sequences".
 */
function readString(text: string, token: IToken): Literal {
  const span = spanOf(token);
  let value = '';
  let raw = '';
  const image = token.image;
  for (let index = 1; index < image.length - 1; index++) {
    const character = image.charAt(index);
    if (character !== '\\') {
      value += character;
      raw += character;
      continue;
    }
    index++;
    const escaped = image.charAt(index);
    const plain = ESCAPES[escaped.toLowerCase()];
    if (escaped === '%' || escaped === '_') {
      value += escaped;
      raw += `\\${escaped}`;
    } else if (escaped === 'u' && /^[0-9a-f]{4}$/i.test(image.slice(index + 1, index + 5))) {
      const unit = String.fromCharCode(Number.parseInt(image.slice(index + 1, index + 5), 16));
      value += unit;
      raw += unit;
      index += 4;
    } else if (plain !== undefined) {
      value += plain;
      raw += plain === '\\' ? '\\\\' : plain;
    } else {
      const message = `Illegal character sequence '\\${escaped}' in string literal`;
      throw faultAt(text, span, 'MALFORMED_QUERY', message);
    }
  }
  return { kind: 'string', value, raw, ...span };
}

function readDate(text: string, token: IToken): Literal {
  const span = spanOf(token);
  const instant = Date.parse(`${token.image}T00:00:00Z`);
  const real = Number.isFinite(instant) && new Date(instant).toISOString().startsWith(token.image);
  if (!real) throw faultAt(text, span, 'MALFORMED_QUERY', `Invalid date: ${token.image}`);
  return { kind: 'date', value: token.image, ...span };
}

function readDateTime(text: string, token: IToken): Literal {
  const span = spanOf(token);
  const image = token.image.toUpperCase().replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const value = Date.parse(image);
  if (!Number.isFinite(value)) {
    throw faultAt(text, span, 'MALFORMED_QUERY', `Invalid datetime: ${token.image}`);
  }
  return { kind: 'dateTime', value, ...span };
}

function readCurrency(token: IToken): Literal {
  const value = Number(token.image.slice(3));
  return { kind: 'currency', code: token.image.slice(0, 3).toUpperCase(), value, ...spanOf(token) };
}

const DATE_LITERAL =
  /^(?:TODAY|YESTERDAY|TOMORROW|(?:THIS|LAST|NEXT)_(?:WEEK|MONTH|(?:FISCAL_)?(?:QUARTER|YEAR))|(?:LAST|NEXT)_90_DAYS)$/;
const COUNTED_LITERAL =
  /^(?:(?:LAST|NEXT)_N_(?:DAYS|WEEKS|MONTHS|(?:FISCAL_)?(?:QUARTERS|YEARS))|N_(?:DAYS|WEEKS|MONTHS|(?:FISCAL_)?(?:QUARTERS|YEARS))_AGO)$/;

/** Names in a value's place: true, false, null, a date literal with or without `:n`, `USD5000`. */
function readName(text: string, name: IToken, count: IToken | null): Literal {
  const word = name.image.toUpperCase();
  const span = spanOf(name, count ?? name);
  if (count) {
    if (!COUNTED_LITERAL.test(word)) throw unexpectedToken(text, spanOf(name));
    if (!/^\d+$/.test(count.image)) throw unexpectedToken(text, spanOf(count));
    return { kind: 'dateLiteral', name: word, count: Number(count.image), ...span };
  }
  if (word === 'TRUE' || word === 'FALSE') return { kind: 'boolean', value: word === 'TRUE', ...span };
  if (word === 'NULL') return { kind: 'null', ...span };
  if (DATE_LITERAL.test(word)) return { kind: 'dateLiteral', name: word, count: null, ...span };
  if (/^[A-Z]{3}\d+$/.test(word)) return readCurrency(name);
  throw unexpectedToken(text, span);
}

export const readLiteral = {
  string: readString,
  date: readDate,
  dateTime: readDateTime,
  currency: readCurrency,
  name: readName,
  number: (token: IToken): Literal => ({ kind: 'number', value: Number(token.image), ...spanOf(token) }),
};
