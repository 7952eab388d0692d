import { createToken, Lexer, type TokenType } from 'chevrotain';

/** A plain name. Soft keywords carry this category too, so that an object may be called `Offset`. */
export const Identifier = createToken({ name: 'Identifier', pattern: /[A-Za-z][A-Za-z0-9_]*/ });

function hard(word: string): TokenType {
  return createToken({ name: word, pattern: new RegExp(word, 'i'), longer_alt: Identifier });
}

function soft(word: string): TokenType {
  return createToken({
    name: word,
    pattern: new RegExp(word, 'i'),
    longer_alt: Identifier,
    categories: Identifier,
  });
}

export const Select = hard('SELECT');
export const From = hard('FROM');
export const Where = hard('WHERE');
export const And = hard('AND');
export const Or = hard('OR');
export const Not = hard('NOT');
export const In = hard('IN');
export const Like = hard('LIKE');
export const Includes = hard('INCLUDES');
export const Excludes = hard('EXCLUDES');
export const Group = hard('GROUP');
export const Having = hard('HAVING');
export const Order = hard('ORDER');
export const Limit = hard('LIMIT');
export const Asc = hard('ASC');
export const Desc = hard('DESC');
export const Nulls = hard('NULLS');
export const First = hard('FIRST');
export const Last = hard('LAST');
export const Using = hard('USING');
export const With = hard('WITH');

export const Offset = soft('OFFSET');
export const By = soft('BY');
export const For = soft('FOR');
export const All = soft('ALL');
export const Update = soft('UPDATE');
export const Typeof = soft('TYPEOF');
export const As = soft('AS');

export const DateTimeValue = createToken({
  name: 'DateTimeValue',
  pattern: /\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})/,
});
export const DateValue = createToken({ name: 'DateValue', pattern: /\d{4}-\d{2}-\d{2}/ });
export const NumberValue = createToken({
  name: 'NumberValue',
  pattern: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/,
});
/** `USD5000.50`; without decimals it reads as an identifier and is told apart by its place. */
export const CurrencyValue = createToken({
  name: 'CurrencyValue',
  pattern: /[A-Za-z]{3}\d+\.\d+/,
});
export const StringValue = createToken({
  name: 'StringValue',
  pattern: /'(?:[^'\\]|\\[\s\S])*'/,
  line_breaks: true,
});

export const LessOrEqual = createToken({ name: 'LessOrEqual', pattern: '<=' });
export const GreaterOrEqual = createToken({ name: 'GreaterOrEqual', pattern: '>=' });
export const NotEqual = createToken({ name: 'NotEqual', pattern: /!=|<>/ });
export const Equal = createToken({ name: 'Equal', pattern: '=' });
export const Less = createToken({ name: 'Less', pattern: '<' });
export const Greater = createToken({ name: 'Greater', pattern: '>' });
export const Open = createToken({ name: 'Open', pattern: '(' });
export const Close = createToken({ name: 'Close', pattern: ')' });
export const Comma = createToken({ name: 'Comma', pattern: ',' });
export const Dot = createToken({ name: 'Dot', pattern: '.' });
export const Colon = createToken({ name: 'Colon', pattern: ':' });

const whiteSpace = createToken({ name: 'WhiteSpace', pattern: /\s+/, group: Lexer.SKIPPED });

/** Order matters: the lexer takes the first that matches. */
export const ALL_TOKENS: TokenType[] = [
  whiteSpace,
  StringValue,
  DateTimeValue,
  DateValue,
  NumberValue,
  CurrencyValue,
  LessOrEqual,
  GreaterOrEqual,
  NotEqual,
  Equal,
  Less,
  Greater,
  Open,
  Close,
  Comma,
  Dot,
  Colon,
  Select,
  From,
  Where,
  And,
  // ORDER before OR: both start alike, and only the longer alternative to an identifier is tried.
  Order,
  Or,
  Not,
  Includes,
  In,
  Like,
  Excludes,
  Group,
  Having,
  Limit,
  Using,
  With,
  Offset,
  By,
  Asc,
  Desc,
  Nulls,
  First,
  Last,
  For,
  All,
  Update,
  Typeof,
  As,
  Identifier,
];

export const soqlLexer = new Lexer(ALL_TOKENS, { positionTracking: 'full', ensureOptimizations: false });
