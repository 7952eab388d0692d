/** Offsets into the statement's text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FieldPath extends Span {
  readonly kind: 'field';
  /** `Account.Owner.Name` is three parts, as written. */
  readonly parts: readonly string[];
}

export interface FunctionCall extends Span {
  readonly kind: 'function';
  readonly name: string;
  /** `COUNT()` has none. */
  readonly args: readonly FieldPath[];
}

export type Expression = FieldPath | FunctionCall;

export interface Alias extends Span {
  readonly name: string;
}

export interface SelectItem {
  readonly expression: Expression;
  readonly alias: Alias | null;
}

export type Literal = Span &
  (
    | { readonly kind: 'string'; readonly value: string; readonly raw: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'date'; readonly value: string }
    /** Milliseconds since the epoch. */
    | { readonly kind: 'dateTime'; readonly value: number }
    | { readonly kind: 'dateLiteral'; readonly name: string; readonly count: number | null }
    | { readonly kind: 'currency'; readonly code: string; readonly value: number }
  );

export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'IN'
  | 'NOT IN'
  | 'INCLUDES'
  | 'EXCLUDES';

export interface Comparison extends Span {
  readonly kind: 'comparison';
  readonly target: Expression;
  readonly operator: Operator;
  readonly values: readonly Literal[];
}

/** `Id IN (SELECT AccountId FROM Opportunity)`, or NOT IN. */
export interface SemiJoin extends Span {
  readonly kind: 'semiJoin';
  readonly target: Expression;
  readonly negated: boolean;
  readonly inner: Statement;
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | Comparison
  | SemiJoin;

export interface OrderItem {
  readonly target: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** `(SELECT … FROM Contacts)` in a SELECT list. */
export interface ChildSelect extends Span {
  readonly statement: Statement;
  /** How many fields are selected before it. */
  readonly place: number;
}

export interface Statement {
  readonly text: string;
  readonly select: readonly SelectItem[];
  readonly children: readonly ChildSelect[];
  /** In a child subquery the name is that of a relationship, perhaps `Account.Contacts`. */
  readonly from: Span & { readonly name: string; readonly alias: string | null };
  readonly where: Condition | null;
  readonly groupBy: readonly Expression[];
  readonly having: Condition | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: number | null;
  readonly offset: (Span & { readonly value: number }) | null;
}
