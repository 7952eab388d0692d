import { knownDescribe } from '@/lib/salesforce/describe';
import type { GlobalSobject, SalesforceClient, SobjectDescribe } from '@/lib/salesforce/types';

/** An object that is searched, with the fields that its results show. */
export interface SearchedObject {
  sobject: GlobalSobject;
  nameField: string;
  details: string[];
}

interface Shown {
  name: string;
  details: string[];
}

/** What a result shows of the common objects. */
const SHOWN: Readonly<Record<string, Shown>> = {
  Account: { name: 'Name', details: ['Type', 'Industry', 'BillingCity'] },
  Opportunity: { name: 'Name', details: ['StageName', 'CloseDate'] },
  Contact: { name: 'Name', details: ['Title', 'Email'] },
  Lead: { name: 'Name', details: ['Company', 'Status'] },
  Case: { name: 'CaseNumber', details: ['Subject', 'Status'] },
};

const MAIN = Object.keys(SHOWN);
/** Salesforce answers slower the more objects it looks into. */
const MAX_OBJECTS = 15;

/** The main objects and the favourites, as far as they exist for this reader and can be searched. */
export function searchedObjects(
  all: readonly GlobalSobject[],
  favourites: readonly string[],
): GlobalSobject[] {
  const byName = new Map(all.map((sobject) => [sobject.name, sobject]));
  return [...new Set([...MAIN, ...favourites])]
    .flatMap((name) => byName.get(name) ?? [])
    .filter(({ searchable, queryable }) => searchable && queryable)
    .slice(0, MAX_OBJECTS);
}

/**
 * What is asked of an object: fields that its describe holds, or, before it was ever read, those that are usual. Null: an
 * object without a name field.
 */
export function fieldsToShow(
  sobject: GlobalSobject,
  client: Pick<SalesforceClient, 'apiVersion'>,
  cacheKey: string,
): SearchedObject | null {
  const describe = knownDescribe(client, sobject.name, cacheKey);
  const usual = SHOWN[sobject.name] ?? { name: 'Name', details: [] };
  if (describe === null) return { sobject, nameField: usual.name, details: usual.details };
  const nameField = describe.fields.find((field) => field.nameField)?.name;
  if (nameField === undefined) return null;
  return { sobject, nameField, details: visible(describe, usual.details) };
}

function visible({ fields }: SobjectDescribe, names: readonly string[]): string[] {
  return names.filter((name) => fields.some((field) => field.name === name));
}
