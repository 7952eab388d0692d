import { isGroup } from '@/lib/soql/filter-text';
import { isFieldPath } from '@/lib/soql/identifier';
import type { FilterCondition, FilterGroup } from '@/lib/soql/types';
import { compare } from './compare';
import { valueTypeOf } from './values';

/** What a filter's words mean for one reader and object. */
export interface FilterContext {
  /** Salesforce's type (`string`, `picklist`, …) of a field path; null: unknown, or not filterable. */
  typeOf(path: string): string | null;
  /** Salesforce id of the reader's user, for “is me”. */
  userId: string;
  /** IANA zone of the reader, whose days those of a date and time are; left out: UTC. */
  timeZone?: string;
}

/** A condition that could not be sent, and why, as a sentence. */
export interface LeftCondition {
  condition: FilterCondition;
  why: string;
}

/**
 * A filter as a SOQL condition; null: every row. AND, OR and NOT never stand beside each other without parentheses. What
 * does not fit its field is left out, with the reason, and never sent; so is a group of which nothing is left.
 */
export function filterCondition(
  filter: FilterGroup,
  context: FilterContext,
): { where: string | null; left: LeftCondition[] } {
  const left: LeftCondition[] = [];
  const where = groupCondition(filter, context, left);
  return { where, left };
}

function groupCondition(group: FilterGroup, context: FilterContext, left: LeftCondition[]): string | null {
  const parts = group.of
    .map((part) => (isGroup(part) ? groupCondition(part, context, left) : oneCondition(part, context, left)))
    .filter((part) => part !== null);
  if (parts.length <= 1) return parts[0] ?? null;
  return `(${parts.join(group.match === 'all' ? ' AND ' : ' OR ')})`;
}

function oneCondition(
  condition: FilterCondition,
  context: FilterContext,
  left: LeftCondition[],
): string | null {
  const { field } = condition;
  const described = isFieldPath(field) ? context.typeOf(field) : null;
  const type = described === null ? null : valueTypeOf(described);
  const compared =
    type === null
      ? { why: `“${field}” is not a field that you can filter by here.` }
      : compare(condition, type, context);
  if ('soql' in compared) return compared.soql;
  left.push({ condition, why: compared.why });
  return null;
}
