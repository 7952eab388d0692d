import type {
  Condition,
  FieldFunctionExpression,
  FieldType,
  FunctionExp,
  HavingClause,
  Query,
  QueryBase,
  Subquery,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { type Block, newBlock } from '@/lib/broker/policy/soql/blocks';
import { NotUnderstood } from '@/lib/broker/policy/soql/tokens';

/** What a parsed statement says when it is written again, and what was mentioned on the way. */
export interface WrittenBack {
  tokens: string[];
  /** The statement itself first. */
  blocks: Block[];
}

const WORD = /^[a-z_]\w*$/i;
/** An alias, five parents and a field. */
const PATH = /^[a-z_]\w*(?:\.[a-z_]\w*){0,6}$/i;
const LITERAL =
  /^(?:'.*'|[+-]?\d[\w.+:-]*|true|false|null|[a-z]{3}\d+(?:\.\d+)?|(?:yesterday|today|tomorrow|(?:last|this|next)_(?:week|month|quarter|year|fiscal_quarter|fiscal_year|90_days)|(?:next_n|last_n)_\w+:\d+|n_\w+_ago:\d+))$/is;

/**
 * Writes a parsed statement back, token by token, and notes each name as it writes it. A parser that drops or
 * misreads a part, or a name that is not noted here, makes these tokens differ from those of the text.
 * Throws `NotUnderstood` for what has no meaning over the REST API.
 */
export function writeBack(query: Query): WrittenBack {
  const writer = new Writer();
  writer.query(query);
  return { tokens: writer.tokens, blocks: writer.blocks };
}

class Writer {
  readonly tokens: string[] = [];
  readonly blocks: Block[] = [];

  query(query: Query): void {
    const object = word(query.sObject);
    this.statement(query, newBlock({ object }, query.sObjectAlias ?? null), object);
  }

  private subquery(query: Subquery, parent: Block): void {
    const prefix = query.sObjectPrefix ?? [];
    const own = 'object' in parent.from ? parent.from.object : null;
    if (prefix.length > 1 || (prefix[0] !== undefined && !isOneOf(prefix[0], [parent.alias, own]))) {
      throw new NotUnderstood(
        `${prefix.join('.')} does not name the object that the nested query belongs to.`,
      );
    }
    const relationship = word(query.relationshipName);
    const block = newBlock({ relationship, parent }, query.sObjectAlias ?? null);
    this.statement(query, block, [...prefix, relationship].join('.'));
  }

  private statement(query: QueryBase, block: Block, from: string): void {
    this.blocks.push(block);
    this.put('select');
    this.list(query.fields ?? [], (field) => this.selected(field, block));
    this.put('from', from, ...(block.alias === null ? [] : [word(block.alias)]));
    if (query.usingScope) this.put('using', 'scope', word(query.usingScope));
    if (query.where) this.conditions('where', query.where, block);
    this.withClause(query, block);
    this.grouping(query, block);
    if (query.having) this.conditions('having', query.having, block);
    this.sorting(query, block);
    if (query.limit !== undefined) this.put('limit', String(query.limit));
    if (query.offset !== undefined) this.put('offset', String(query.offset));
    this.marks(query, block);
  }

  private selected(field: FieldType, block: Block): void {
    if (field.type === 'FieldSubquery') {
      this.put('(');
      this.subquery(field.subquery, block);
      this.put(')');
      return;
    }
    if (field.type === 'FieldTypeof') {
      this.put('typeof', path(field.field));
      for (const { type, objectType, fieldList } of field.conditions) {
        this.put(...(type === 'WHEN' ? ['when', word(objectType), 'then'] : ['else']));
        this.list(fieldList, (name) => this.put(path(name)));
        block.typeOf.push({
          path: field.field,
          object: type === 'WHEN' ? word(objectType) : null,
          fields: fieldList,
        });
      }
      this.put('end');
      return;
    }
    if (field.type === 'FieldFunctionExpression') this.call(field, block);
    else {
      const prefix = 'objectPrefix' in field ? [field.objectPrefix] : [];
      const parents = field.type === 'FieldRelationship' ? field.relationships : [];
      this.field([...prefix, ...parents, field.field].join('.'), block);
    }
    const alias = 'alias' in field ? field.alias : undefined;
    if (alias) {
      this.put(word(alias));
      block.columnAliases.push(alias);
    }
  }

  private field(name: string, block: Block): void {
    this.put(path(name));
    block.paths.push(name);
  }

  private call({ functionName, parameters = [] }: FunctionExp | FieldFunctionExpression, block: Block): void {
    const name = word(functionName);
    this.put(name, '(');
    if (name.toLowerCase() === 'fields') {
      block.everyField = true;
      this.list(parameters, (parameter) => this.put(word(parameter)));
    } else {
      this.list<string | FunctionExp>(parameters, (parameter) => {
        if (typeof parameter !== 'string') this.call(parameter, block);
        else if (/^['\d+-]/.test(parameter)) this.literal(parameter);
        else this.field(parameter, block);
      });
    }
    this.put(')');
  }

  private conditions(begins: 'where' | 'having', clause: WhereClause | HavingClause, block: Block): void {
    this.put(begins);
    for (let part: WhereClause | HavingClause | undefined = clause; part; ) {
      if (part.left) this.condition(part.left as Condition, block);
      if (!('operator' in part)) return;
      this.put(part.operator);
      part = part.right;
    }
  }

  private condition(condition: Condition, block: Block): void {
    const { openParen = 0, closeParen = 0 } = condition as { openParen?: number; closeParen?: number };
    this.put(...Array<string>(openParen).fill('('));
    if ('operator' in condition) {
      if ('fn' in condition) this.call(condition.fn, block);
      else this.field(condition.field, block);
      this.put(...condition.operator.split(' '));
      if ('valueQuery' in condition) {
        this.put('(');
        this.query(condition.valueQuery as Query);
        this.put(')');
      } else if (Array.isArray(condition.value)) {
        this.put('(');
        this.list(condition.value as string[], (value) => this.literal(value));
        this.put(')');
      } else this.literal(condition.value);
    }
    this.put(...Array<string>(closeParen).fill(')'));
  }

  private withClause(query: QueryBase, block: Block): void {
    if (query.withAccessLevel === 'SYSTEM_MODE') throw new NotUnderstood('WITH SYSTEM_MODE is for Apex.');
    if (query.withSecurityEnforced) this.put('with', 'security_enforced');
    if (query.withAccessLevel) this.put('with', query.withAccessLevel);
    if (!query.withDataCategory) return;
    this.put('with', 'data', 'category');
    block.unclear = 'WITH DATA CATEGORY asks for what is in no field.';
    for (const [index, { groupName, selector, parameters }] of query.withDataCategory.conditions.entries()) {
      this.put(...(index > 0 ? ['and'] : []), word(groupName), selector);
      const several = parameters.length > 1;
      if (several) this.put('(');
      this.list(parameters, (parameter) => this.put(word(parameter)));
      if (several) this.put(')');
    }
  }

  private grouping({ groupBy }: QueryBase, block: Block): void {
    const groups = [groupBy ?? []].flat();
    if (groups.length === 0) return;
    this.put('group', 'by');
    this.list(groups, (group) =>
      'fn' in group ? this.call(group.fn, block) : this.field(group.field, block),
    );
  }

  private sorting({ orderBy }: QueryBase, block: Block): void {
    const keys = [orderBy ?? []].flat();
    if (keys.length === 0) return;
    this.put('order', 'by');
    this.list(keys, (key) => {
      if ('fn' in key) this.call(key.fn, block);
      else {
        this.put(path(key.field));
        block.sortNames.push(key.field);
      }
      this.put(...(key.order ? [key.order] : []), ...(key.nulls ? ['nulls', key.nulls] : []));
    });
  }

  private marks(query: QueryBase, block: Block): void {
    if (query.for === 'UPDATE') throw new NotUnderstood('FOR UPDATE is for Apex.');
    if (query.for) {
      this.put('for', query.for);
      block.writes.push(query.for === 'VIEW' ? 'LastViewedDate' : 'LastReferencedDate');
    }
    if (query.update) {
      this.put('update', query.update);
      block.writes.push('*');
    }
  }

  private list<T>(items: readonly T[], write: (item: T) => void): void {
    for (const [index, item] of items.entries()) {
      if (index > 0) this.put(',');
      write(item);
    }
  }

  private literal(value: string): void {
    if (!LITERAL.test(value)) throw new NotUnderstood(`“${value.slice(0, 80)}” is no value.`);
    this.put(value);
  }

  private put(...tokens: string[]): void {
    for (const token of tokens) this.tokens.push(token.startsWith("'") ? token : token.toLowerCase());
  }
}

function word(name: unknown): string {
  if (typeof name !== 'string' || !WORD.test(name)) throw new NotUnderstood('A name in it is none.');
  return name;
}

function path(name: string): string {
  if (!PATH.test(name))
    throw new NotUnderstood(`“${name.slice(0, 80)}” is no field, or one further than five parents away.`);
  return name;
}

function isOneOf(name: string, names: (string | null)[]): boolean {
  return names.some((other) => other?.toLowerCase() === name.toLowerCase());
}
