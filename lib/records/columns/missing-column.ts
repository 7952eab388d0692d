import { isInVersion, isStandardField, newerVersionOf } from '@/lib/records/columns/standard-fields';
import type { MissingColumn } from '@/lib/records/types';
import { isKnownField } from '@/lib/salesforce/describe';

/** Where a field is looked for. */
export interface Sought {
  orgId: string;
  /** Such as `66.0`. */
  apiVersion: string;
  sobject: string;
}

/** Why describe does not name a field, as far as it can be known. `name` is the whole column, `field` its last part. */
export function missingField(name: string, field: string, sought: Sought): MissingColumn {
  const { orgId, apiVersion, sobject } = sought;
  const version = newerVersionOf(sobject, field, apiVersion);
  if (version !== null) {
    return {
      name,
      reason: 'newer_version',
      words: `Needs API version ${version} or newer: ${name}. The environment uses ${apiVersion}.`,
    };
  }
  const exists = isStandardField(sobject, field) || isInVersion(sobject, field, apiVersion);
  if (exists || isKnownField(orgId, sobject, field)) {
    return {
      name,
      reason: 'hidden',
      words: `Not visible to you: ${name} exists, and field-level security hides it. A Salesforce administrator can change that.`,
    };
  }
  if (field.endsWith('__c')) {
    return {
      name,
      reason: 'absent',
      words: `Not in this org, as far as you can see: ${name}. It may also be hidden by field-level security.`,
    };
  }
  return {
    name,
    reason: 'unknown',
    words: `Salesforce does not name ${name} to you: it may not exist here, be hidden, or need a newer API version.`,
  };
}

/** For what exists and still is no column. */
export function notAColumn(name: string, why: string): MissingColumn {
  return { name, reason: 'not_a_column', words: `${name} cannot be a column: ${why}` };
}
