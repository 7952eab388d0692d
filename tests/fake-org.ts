import { registry } from '@/lib/registry';
import { type LoopbackHandler, type SeenRequest, sendJson, startLoopback } from './loopback';

export const LOCATOR = '0r8xx5R2yF2gs3VASQ';
const ETAG = '"e8178a2d--gzip"';

/** A field of a describe, with every key that Orgdock reads. */
export function describedField(name: string, type: string, changes: Record<string, unknown> = {}) {
  return {
    name,
    type,
    label: name,
    sortable: type !== 'textarea' && type !== 'address',
    filterable: type !== 'address',
    nillable: true,
    custom: name.endsWith('__c'),
    length: 255,
    precision: 0,
    scale: type === 'currency' ? 2 : 0,
    nameField: name === 'Name',
    calculated: false,
    htmlFormatted: false,
    caseSensitive: false,
    groupable: true,
    aggregatable: true,
    extraTypeInfo: null,
    compoundFieldName: null,
    referenceTo: [],
    relationshipName: null,
    picklistValues: [],
    ...changes,
  };
}

/** A describe, with every key that Orgdock reads. */
export function describedObject(name: string, fields: object[], changes: Record<string, unknown> = {}) {
  return {
    name,
    label: name,
    labelPlural: `${name}s`,
    keyPrefix: '001',
    custom: name.endsWith('__c'),
    queryable: true,
    searchable: true,
    fields,
    childRelationships: [],
    ...changes,
  };
}

export const ACCOUNT_FIELDS = [
  describedField('Id', 'id'),
  describedField('Name', 'string', { label: 'Account Name' }),
  describedField('Type', 'picklist', {
    picklistValues: [{ value: 'Prospect', label: null, active: true }],
  }),
  describedField('Industry', 'picklist'),
  describedField('AnnualRevenue', 'currency', { label: 'Annual Revenue' }),
  describedField('NumberOfEmployees', 'int'),
  describedField('Rating', 'picklist'),
  describedField('BillingCity', 'string'),
  describedField('BillingCountry', 'string'),
  describedField('Phone', 'phone', { sortable: false }),
  describedField('Website', 'url'),
  describedField('OwnerId', 'reference', {
    label: 'Owner ID',
    referenceTo: ['User'],
    relationshipName: 'Owner',
  }),
  describedField('LastModifiedDate', 'datetime'),
  describedField('BillingAddress', 'address'),
];

export interface FakeOrg {
  total: number;
  /** How many of the rows stand behind a keyset condition, or at a value; left out: all. */
  behind?: number;
  /** By object; one that is not here is hidden. */
  describes: Record<string, object>;
  /** Rows a batch; Salesforce may give fewer than asked. */
  batch: number;
  /** Changes a record before it is sent. */
  record: (record: Record<string, unknown>) => Record<string, unknown>;
  /** Answers instead of the org, when it gives something. */
  instead: ((request: SeenRequest) => { status: number; body: unknown } | null) | null;
}

/** An org of numbered accounts that speaks describe, query, composite and locators. */
export async function startFakeOrg(changes: Partial<FakeOrg> = {}) {
  for (const slot of ['describes', 'hidden-objects', 'field-names', 'retry-budgets']) {
    registry().slots.delete(`salesforce.${slot}`);
  }
  const org: FakeOrg = {
    total: 450,
    describes: { Account: describedObject('Account', ACCOUNT_FIELDS) },
    batch: 200,
    record: (record) => record,
    instead: null,
    ...changes,
  };
  const handler: LoopbackHandler = (request, response) => {
    const other = org.instead?.(request);
    if (other) return sendJson(response, other.status, other.body);
    const { pathname } = request.url;
    const described = /\/sobjects\/(\w+)\/describe$/.exec(pathname)?.[1];
    if (described !== undefined) return sendDescribe(described, request, response);
    const budget = { 'Sforce-Limit-Info': 'api-usage=7/15000' };
    if (pathname.endsWith('/composite')) {
      const compositeResponse = partsOf(request).map(({ referenceId, soql }) => ({
        body: answerTo(org, soql),
        httpHeaders: {},
        httpStatusCode: 200,
        referenceId,
      }));
      return sendJson(response, 200, { compositeResponse }, budget);
    }
    const from = Number(/-(\d+)$/.exec(pathname)?.[1] ?? 0);
    return sendJson(response, 200, rowsFrom(org, from), budget);
  };
  const sendDescribe = (name: string, { headers }: SeenRequest, response: Parameters<LoopbackHandler>[1]) => {
    const body = org.describes[name];
    if (!body)
      return sendJson(response, 404, [
        { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
      ]);
    if (headers['if-none-match'] === ETAG) return response.writeHead(304, { etag: ETAG }).end();
    return sendJson(response, 200, body, { etag: ETAG });
  };
  const { origin, seen } = await startLoopback(handler);
  const soqls = () =>
    seen
      .flatMap((request) => [request.url.searchParams.get('q'), ...partsOf(request).map(({ soql }) => soql)])
      .filter((soql) => soql !== null);
  return { org, origin, seen, soqls };
}

/** Refuses whatever the org is asked, in Salesforce's shape, where `of` fits the path. */
export function refusing(status: number, errorCode: string, of: RegExp, message = 'x') {
  return ({ url }: SeenRequest) =>
    of.test(url.pathname) ? { status, body: [{ errorCode, message }] } : null;
}

/** The queries of a composite request. */
function partsOf({ url, body }: SeenRequest): Array<{ referenceId: string; soql: string }> {
  if (!url.pathname.endsWith('/composite')) return [];
  const { compositeRequest } = JSON.parse(body) as {
    compositeRequest: Array<{ url: string; referenceId: string }>;
  };
  return compositeRequest.map(({ url: part, referenceId }) => ({
    referenceId,
    soql: new URL(part, url).searchParams.get('q') ?? '',
  }));
}

function answerTo(org: FakeOrg, soql: string) {
  const { total, behind = total } = org;
  if (!soql.includes('WHERE')) return rowsFrom(org, 0);
  const { records } = rowsFrom({ ...org, batch: Math.min(org.batch, behind) }, total - behind);
  const next =
    behind > records.length
      ? { nextRecordsUrl: `/services/data/v66.0/query/${LOCATOR}-${records.length}` }
      : {};
  return { totalSize: behind, done: behind <= records.length, ...next, records };
}

function rowsFrom(org: FakeOrg, offset: number) {
  const end = Math.min(offset + org.batch, org.total);
  const records = Array.from({ length: Math.max(0, end - offset) }, (_none, index) =>
    org.record(numbered(offset + index)),
  );
  const next = end < org.total ? { nextRecordsUrl: `/services/data/v66.0/query/${LOCATOR}-${end}` } : {};
  return { totalSize: org.total, done: end >= org.total, ...next, records };
}

function numbered(row: number): Record<string, unknown> {
  const isOdd = row % 2 === 1;
  const nulls = Object.fromEntries(ACCOUNT_FIELDS.map(({ name }) => [name, null]));
  return {
    ...nulls,
    attributes: { type: 'Account' },
    Id: `001000000000${String(row).padStart(3, '0')}AAA`,
    Name: `Account ${row}`,
    AnnualRevenue: row * 1000,
    OwnerId: isOdd ? null : '005000000000001AAA',
    Owner: isOdd ? null : { attributes: {}, Name: 'Ada' },
    CurrencyIsoCode: isOdd ? 7 : 'USD',
  };
}
