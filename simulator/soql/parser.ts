import type {
  ChildSelect,
  Condition,
  Expression,
  OrderItem,
  SelectItem,
  Statement,
} from '@/simulator/soql/ast';
import { ConditionParser, type Rule, refuse } from '@/simulator/soql/condition-parser';
import { spanOf } from '@/simulator/soql/literals';
import * as t from '@/simulator/soql/tokens';

type ChildItem = Omit<ChildSelect, 'place'>;

function childSelects(entries: readonly (SelectItem | ChildItem)[]): ChildSelect[] {
  const children: ChildSelect[] = [];
  for (const [index, entry] of entries.entries()) {
    if ('statement' in entry) children.push({ ...entry, place: index - children.length });
  }
  return children;
}

/** The grammar of "SOQL SELECT Syntax" as far as the simulator answers it; the rest is named and refused. */
export class SoqlParser extends ConditionParser {
  constructor() {
    super({ maxLookahead: 2, recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  statement: Rule<Statement> = this.RULE('statement', () => {
    this.CONSUME(t.Select);
    const entries: (SelectItem | ChildItem)[] = [];
    this.AT_LEAST_ONE_SEP1({ SEP: t.Comma, DEF: () => entries.push(this.SUBRULE(this.selectEntry)) });
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
      this.AT_LEAST_ONE_SEP2({ SEP: t.Comma, DEF: () => orderBy.push(this.SUBRULE(this.orderItem)) });
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
      ...this.ACTION(() => ({
        select: entries.filter((entry) => 'expression' in entry),
        children: childSelects(entries),
      })),
      from,
      where: where ?? null,
      groupBy,
      having: having ?? null,
      orderBy,
      limit: limit ? Number(limit.image) : null,
      offset: offset ? { value: Number(offset.image), ...spanOf(offset) } : null,
    };
  });

  private selectEntry: Rule<SelectItem | ChildItem> = this.RULE('selectEntry', () =>
    this.OR<SelectItem | ChildItem>([
      {
        ALT: () => {
          const open = this.CONSUME(t.Open);
          const statement = this.SUBRULE(this.statement);
          const close = this.CONSUME(t.Close);
          return this.ACTION(() => ({ statement, ...spanOf(open, close) }));
        },
      },
      { ALT: () => this.SUBRULE(this.selectItem) },
    ]),
  );

  private selectItem: Rule<SelectItem> = this.RULE('selectItem', () => {
    const expression = this.SUBRULE(this.expression);
    const alias = this.OPTION1(() => this.CONSUME(t.Identifier));
    return this.ACTION(() => {
      const [first] = expression.kind === 'field' ? expression.parts : [''];
      if (alias && first?.toUpperCase() === 'TYPEOF') refuse('TYPEOF');
      return { expression, alias: alias ? { name: alias.image, ...spanOf(alias) } : null };
    });
  });

  private fromClause: Rule<Statement['from']> = this.RULE('fromClause', () => {
    const object = this.OR([
      { ALT: () => this.CONSUME1(t.Identifier) },
      { ALT: () => this.CONSUME(t.Group) },
      { ALT: () => this.CONSUME(t.Order) },
    ]);
    let last = object;
    const names = [object.image];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      last = this.CONSUME3(t.Identifier);
      names.push(last.image);
    });
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
    return {
      name: names.join('.'),
      alias: alias?.image ?? null,
      ...this.ACTION(() => spanOf(object, last)),
    };
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
}
