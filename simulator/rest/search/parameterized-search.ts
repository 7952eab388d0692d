import { cellOf, isVisible, type OrgData } from '@/simulator/data/org-data';
import type { FieldDefinition } from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import { json, restError } from '@/simulator/http/respond';
import { attributesOf } from '@/simulator/rest/records';
import {
  readSearchBody,
  readSearchParameters,
  type SearchedObject,
  type SearchRequest,
} from '@/simulator/rest/search/read-search';
import { rowTest, wordsOf } from '@/simulator/rest/search/words';
import type { DataService, Resource } from '@/simulator/rest/service';
import type { SimOrg, SimResponse, SimUser } from '@/simulator/types';

const HINT = 'Please reference your WSDL or the describe call for the appropriate names.';

/** One object to look in, its names checked. */
interface Target {
  readonly table: Table;
  readonly fields: readonly FieldDefinition[];
  readonly limit: number;
}

function isSearchable({ definition }: Table): boolean {
  return definition.flags.includes('searchable');
}

function targetOf(data: OrgData, user: SimUser, asked: SearchedObject): Target | { refused: SimResponse } {
  const table = data.table(asked.name, user);
  if (!table || !isSearchable(table)) {
    const message = `sObject type '${asked.name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${HINT}`;
    return { refused: restError(400, 'INVALID_TYPE', message) };
  }
  const fields: FieldDefinition[] = [];
  for (const name of asked.fields) {
    const field = table.field(name);
    if (!field || !isVisible(user, table.definition.name, field)) {
      const message = `No such column '${name}' on entity '${table.definition.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${HINT}`;
      return { refused: restError(400, 'INVALID_FIELD', message) };
    }
    fields.push(field);
  }
  return { table, fields, limit: asked.limit };
}

/** The first rows that match, in row order: Salesforce's order by relevance is its own. */
function* matches(
  { table, limit }: Target,
  user: SimUser,
  org: SimOrg,
  { q, scope }: SearchRequest,
): Generator<number> {
  const test = rowTest({ org, user, table, scope, words: wordsOf(q) });
  if (!test) return;
  let found = 0;
  for (let row = 0; row < table.size && found < limit; row++) {
    if (!test(row)) continue;
    found++;
    yield row;
  }
}

function search(
  asked: SearchRequest | { refused: SimResponse },
  user: SimUser,
  { org, data }: DataService,
  root: string,
): SimResponse {
  if ('refused' in asked) return asked.refused;
  const everywhere = () =>
    data
      .tablesOf(user)
      .filter(isSearchable)
      .map(({ definition }) => ({ name: definition.name, fields: ['Id'], limit: asked.overallLimit }));
  const targets: Target[] = [];
  for (const one of asked.sobjects ?? everywhere()) {
    const target = targetOf(data, user, one);
    if ('refused' in target) return target.refused;
    targets.push(target);
  }
  const searchRecords = [];
  for (const target of targets) {
    const { table, fields } = target;
    for (const row of matches(target, user, org, asked)) {
      if (searchRecords.length >= asked.overallLimit) break;
      searchRecords.push({
        attributes: attributesOf(table, row, root),
        ...Object.fromEntries(fields.map((field) => [field.name, cellOf(table, field, row)])),
      });
    }
  }
  return json(200, { searchRecords });
}

/** Every parameter of a GET: those of an object carry its name. */
export function searchParameters(data: OrgData): string[] {
  const own = data.tables
    .filter(isSearchable)
    .flatMap(({ definition }) => [`${definition.name}.fields`, `${definition.name}.limit`]);
  return ['q', 'in', 'sobject', 'fields', 'defaultLimit', 'overallLimit', ...own];
}

/** `GET /parameterizedSearch?q=` */
export const searchByGet: Resource = (request, { user }, service, root) =>
  search(readSearchParameters(request), user, service, root);

/** `POST /parameterizedSearch` */
export const searchByPost: Resource = (request, { user }, service, root) =>
  search(readSearchBody(request), user, service, root);
