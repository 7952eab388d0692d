import { EmbeddedActionsParser, type IParserConfig, type IToken, type ParserMethod } from 'chevrotain';
import type { Condition, Expression, FieldPath, Literal, Operator, Statement } from '@/simulator/soql/ast';
import { SoqlUnsupported } from '@/simulator/soql/errors';
import { readLiteral, spanOf } from '@/simulator/soql/literals';
import * as t from '@/simulator/soql/tokens';

export type Rule<T> = ParserMethod<[], T>;

/** Names what is right SOQL but beyond the simulator. */
export function refuse(what: string): never {
  throw new SoqlUnsupported(what);
}

/** Fields, functions, values and conditions: what SELECT, WHERE, HAVING and ORDER BY share. */
export abstract class ConditionParser extends EmbeddedActionsParser {
  /** The statement that the tokens came from; literals need it for their errors. */
  source = '';

  /** A whole statement, which a semi-join holds. */
  abstract statement: Rule<Statement>;

  constructor(options: IParserConfig) {
    super(t.ALL_TOKENS, options);
  }

  protected expression: Rule<Expression> = this.RULE('expression', (): Expression => {
    const path = this.SUBRULE(this.fieldPath);
    const call = this.OPTION(() => {
      this.CONSUME(t.Open);
      const args: FieldPath[] = [];
      this.OPTION1(() => {
        args.push(this.SUBRULE1(this.argument));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          args.push(this.SUBRULE2(this.argument));
        });
      });
      return { args, close: this.CONSUME(t.Close) };
    });
    return this.ACTION((): Expression => {
      if (!call) return path;
      const name = path.parts.join('.');
      return { kind: 'function', name, args: call.args, start: path.start, end: spanOf(call.close).end };
    });
  });

  private argument: Rule<FieldPath> = this.RULE('argument', () => {
    const path = this.SUBRULE(this.fieldPath);
    this.OPTION(() => {
      this.CONSUME(t.Open);
      this.ACTION(() => refuse(`a function inside a function: ${path.parts.join('.')}()`));
    });
    return path;
  });

  private fieldPath: Rule<FieldPath> = this.RULE('fieldPath', (): FieldPath => {
    const first = this.CONSUME1(t.Identifier);
    let last = first;
    const parts = [first.image];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      last = this.CONSUME2(t.Identifier);
      parts.push(last.image);
    });
    return { kind: 'field', parts, ...this.ACTION(() => spanOf(first, last)) };
  });

  /** AND and OR may not be mixed without parentheses, and NOT stands alone ("conditionExpression Syntax"). */
  protected condition: Rule<Condition> = this.RULE('condition', () =>
    this.OR([
      {
        ALT: (): Condition => {
          this.CONSUME(t.Not);
          return { kind: 'not', operand: this.SUBRULE1(this.simpleCondition) };
        },
      },
      { ALT: () => this.SUBRULE(this.chain) },
    ]),
  );

  private chain: Rule<Condition> = this.RULE('chain', () => {
    const first = this.SUBRULE1(this.simpleCondition);
    const operands = [first];
    let kind: 'and' | 'or' = 'and';
    this.OPTION(() => {
      this.OR([
        {
          ALT: () =>
            this.AT_LEAST_ONE1(() => {
              this.CONSUME(t.And);
              operands.push(this.SUBRULE2(this.simpleCondition));
            }),
        },
        {
          ALT: () =>
            this.AT_LEAST_ONE2(() => {
              this.CONSUME(t.Or);
              kind = 'or';
              operands.push(this.SUBRULE3(this.simpleCondition));
            }),
        },
      ]);
    });
    return operands.length === 1 ? first : { kind, operands };
  });

  private simpleCondition: Rule<Condition> = this.RULE('simpleCondition', () =>
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Open);
          const inner = this.SUBRULE(this.condition);
          this.CONSUME(t.Close);
          return inner;
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]),
  );

  private comparison: Rule<Condition> = this.RULE('comparison', () => {
    const target = this.SUBRULE(this.expression);
    return this.OR([
      {
        ALT: (): Condition => {
          const operator = this.SUBRULE(this.operator);
          const value = this.SUBRULE(this.value);
          const end = this.ACTION(() => value.end);
          return { kind: 'comparison', target, operator, values: [value], start: target.start, end };
        },
      },
      {
        ALT: (): Condition => {
          const negated = this.OPTION(() => this.CONSUME(t.Not));
          this.CONSUME(t.In);
          this.CONSUME(t.Open);
          const content = this.OR1([
            { ALT: () => ({ values: [], inner: this.SUBRULE(this.statement) }) },
            { ALT: () => ({ values: this.SUBRULE(this.values), inner: null }) },
          ]);
          const close = this.CONSUME(t.Close);
          return this.ACTION((): Condition => {
            const span = { start: target.start, end: spanOf(close).end };
            const { values, inner } = content;
            if (inner) return { kind: 'semiJoin', target, negated: negated !== undefined, inner, ...span };
            return { kind: 'comparison', target, operator: negated ? 'NOT IN' : 'IN', values, ...span };
          });
        },
      },
      {
        ALT: (): Condition => {
          const operator = this.OR2([
            { ALT: () => this.operatorOf(this.CONSUME(t.Includes), 'INCLUDES') },
            { ALT: () => this.operatorOf(this.CONSUME(t.Excludes), 'EXCLUDES') },
          ]);
          this.CONSUME2(t.Open);
          const values = this.SUBRULE2(this.values);
          const close = this.CONSUME2(t.Close);
          const end = this.ACTION(() => spanOf(close).end);
          return { kind: 'comparison', target, operator, values, start: target.start, end };
        },
      },
    ]);
  });

  private values: Rule<Literal[]> = this.RULE('values', () => {
    const values: Literal[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.value)) });
    return values;
  });

  private operator: Rule<Operator> = this.RULE('operator', () =>
    this.OR([
      { ALT: () => this.operatorOf(this.CONSUME(t.Equal), '=') },
      { ALT: () => this.operatorOf(this.CONSUME(t.NotEqual), '!=') },
      { ALT: () => this.operatorOf(this.CONSUME(t.LessOrEqual), '<=') },
      { ALT: () => this.operatorOf(this.CONSUME(t.GreaterOrEqual), '>=') },
      { ALT: () => this.operatorOf(this.CONSUME(t.Less), '<') },
      { ALT: () => this.operatorOf(this.CONSUME(t.Greater), '>') },
      { ALT: () => this.operatorOf(this.CONSUME(t.Like), 'LIKE') },
    ]),
  );

  private operatorOf(_token: IToken, operator: Operator): Operator {
    return operator;
  }

  private value: Rule<Literal> = this.RULE('value', () =>
    this.OR([
      { ALT: () => this.literal(this.CONSUME(t.StringValue), (s, token) => readLiteral.string(s, token)) },
      { ALT: () => this.literal(this.CONSUME(t.NumberValue), (_, token) => readLiteral.number(token)) },
      { ALT: () => this.literal(this.CONSUME(t.DateTimeValue), readLiteral.dateTime) },
      { ALT: () => this.literal(this.CONSUME(t.DateValue), readLiteral.date) },
      { ALT: () => this.literal(this.CONSUME(t.CurrencyValue), (_, token) => readLiteral.currency(token)) },
      {
        ALT: () => {
          const name = this.CONSUME(t.Identifier);
          const count = this.OPTION(() => {
            this.CONSUME(t.Colon);
            return this.CONSUME2(t.NumberValue);
          });
          return this.literal(name, (source, token) => readLiteral.name(source, token, count ?? null));
        },
      },
    ]),
  );

  private literal(token: IToken, read: (source: string, token: IToken) => Literal): Literal {
    return this.ACTION(() => read(this.source, token));
  }
}
