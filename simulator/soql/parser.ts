import { EmbeddedActionsParser, type IToken, type ParserMethod } from 'chevrotain';
import type {
  Condition,
  Expression,
  FieldPath,
  Literal,
  Operator,
  OrderItem,
  SelectItem,
  Statement,
} from '@/simulator/soql/ast';
import { SoqlUnsupported } from '@/simulator/soql/errors';
import { readLiteral, spanOf } from '@/simulator/soql/literals';
import * as t from '@/simulator/soql/tokens';

type Rule<T> = ParserMethod<[], T>;

function refuse(what: string): never {
  throw new SoqlUnsupported(what);
}

/** The grammar of "SOQL SELECT Syntax" as far as the simulator answers it; the rest is named and refused. */
export class SoqlParser extends EmbeddedActionsParser {
  /** The statement that the tokens came from; literals need it for their errors. */
  source = '';

  constructor() {
    super(t.ALL_TOKENS, { maxLookahead: 2, recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  statement: Rule<Statement> = this.RULE('statement', () => {
    this.CONSUME(t.Select);
    const select: SelectItem[] = [this.SUBRULE(this.selectItem)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      select.push(this.SUBRULE2(this.selectItem));
    });
    this.CONSUME(t.From);
    const from = this.SUBRULE(this.fromClause);
    this.SUBRULE(this.refusedAfterFrom);
    const where = this.OPTION1(() => {
      this.CONSUME(t.Where);
      return this.SUBRULE(this.condition);
    });
    this.OPTION2(() => {
      this.CONSUME(t.With);
      this.ACTION(() => refuse('WITH in SOQL'));
    });
    let groupBy: Expression[] = [];
    let having: Condition | undefined;
    this.OPTION3(() => {
      this.CONSUME(t.Group);
      this.CONSUME1(t.By);
      groupBy = this.SUBRULE(this.groupings);
      having = this.OPTION4(() => {
        this.CONSUME(t.Having);
        return this.SUBRULE2(this.condition);
      });
    });
    const orderBy: OrderItem[] = [];
    this.OPTION5(() => {
      this.CONSUME(t.Order);
      this.CONSUME2(t.By);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => orderBy.push(this.SUBRULE(this.orderItem)) });
    });
    const limit = this.OPTION6(() => {
      this.CONSUME(t.Limit);
      return this.CONSUME1(t.NumberValue);
    });
    const offset = this.OPTION7(() => {
      this.CONSUME(t.Offset);
      return this.CONSUME2(t.NumberValue);
    });
    this.SUBRULE(this.refusedAtEnd);
    return {
      text: this.source,
      select,
      from,
      where: where ?? null,
      groupBy,
      having: having ?? null,
      orderBy,
      limit: limit ? Number(limit.image) : null,
      offset: offset ? { value: Number(offset.image), ...spanOf(offset) } : null,
    };
  });

  private selectItem: Rule<SelectItem> = this.RULE('selectItem', () => {
    this.OPTION(() => {
      this.CONSUME(t.Open);
      this.CONSUME(t.Select);
      this.ACTION(() => refuse('a subquery in the SELECT list'));
    });
    const expression = this.SUBRULE(this.expression);
    const alias = this.OPTION1(() => this.CONSUME(t.Identifier));
    return this.ACTION(() => {
      const [first] = expression.kind === 'field' ? expression.parts : [''];
      if (alias && first?.toUpperCase() === 'TYPEOF') refuse('TYPEOF');
      return { expression, alias: alias ? { name: alias.image, ...spanOf(alias) } : null };
    });
  });

  private expression: Rule<Expression> = this.RULE('expression', (): Expression => {
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

  private fromClause: Rule<Statement['from']> = this.RULE('fromClause', () => {
    const object = this.OR([
      { ALT: () => this.CONSUME1(t.Identifier) },
      { ALT: () => this.CONSUME(t.Group) },
      { ALT: () => this.CONSUME(t.Order) },
    ]);
    const alias = this.OPTION({
      GATE: () => this.aliasFollows(),
      DEF: () => {
        this.OPTION1(() => this.CONSUME(t.As));
        return this.CONSUME2(t.Identifier);
      },
    });
    this.OPTION2(() => {
      this.CONSUME(t.Comma);
      this.ACTION(() => refuse('a relationship in FROM'));
    });
    return { name: object.image, alias: alias?.image ?? null, ...this.ACTION(() => spanOf(object)) };
  });

  /** After FROM, OFFSET, FOR, ALL and UPDATE start a clause; they are no alias. */
  private aliasFollows(): boolean {
    return ![t.Offset, t.For, t.All, t.Update].includes(this.LA(1).tokenType);
  }

  private refusedAfterFrom: Rule<void> = this.RULE('refusedAfterFrom', () => {
    this.OPTION(() => {
      this.CONSUME(t.Using);
      this.ACTION(() => refuse('USING SCOPE'));
    });
  });

  private refusedAtEnd: Rule<void> = this.RULE('refusedAtEnd', () => {
    this.OPTION(() => {
      const word = this.OR([
        { ALT: () => this.CONSUME(t.For) },
        { ALT: () => this.CONSUME(t.All) },
        { ALT: () => this.CONSUME(t.Update) },
      ]);
      this.ACTION(() => refuse(`${word.image.toUpperCase()} at the end of a query`));
    });
  });

  private groupings: Rule<Expression[]> = this.RULE('groupings', () => {
    const groupings: Expression[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => groupings.push(this.SUBRULE(this.expression)) });
    return groupings;
  });

  private orderItem: Rule<OrderItem> = this.RULE('orderItem', () => {
    const target = this.SUBRULE(this.expression);
    let descending = false;
    this.OPTION1(() => {
      this.OR1([
        { ALT: () => this.CONSUME(t.Asc) },
        {
          ALT: () => {
            this.CONSUME(t.Desc);
            descending = true;
          },
        },
      ]);
    });
    let nullsFirst = true;
    this.OPTION2(() => {
      this.CONSUME(t.Nulls);
      this.OR2([
        { ALT: () => this.CONSUME(t.First) },
        {
          ALT: () => {
            this.CONSUME(t.Last);
            nullsFirst = false;
          },
        },
      ]);
    });
    return { target, descending, nullsFirst };
  });

  /** AND and OR may not be mixed without parentheses, and NOT stands alone ("conditionExpression Syntax"). */
  private condition: Rule<Condition> = this.RULE('condition', () =>
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
          const values: Literal[] = [];
          this.CONSUME(t.Open);
          this.OPTION1(() => {
            this.CONSUME(t.Select);
            this.ACTION(() => refuse('a semi-join'));
          });
          this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE2(this.value)) });
          const close = this.CONSUME(t.Close);
          const end = this.ACTION(() => spanOf(close).end);
          const operator = negated ? 'NOT IN' : 'IN';
          return { kind: 'comparison', target, operator, values, start: target.start, end };
        },
      },
      {
        ALT: (): Condition => {
          const word = this.OR1([
            { ALT: () => this.CONSUME(t.Includes) },
            { ALT: () => this.CONSUME(t.Excludes) },
          ]);
          return this.ACTION(() => refuse(word.image.toUpperCase()));
        },
      },
    ]);
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
