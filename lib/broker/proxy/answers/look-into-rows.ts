import { parseNextRecordsUrl } from '@/lib/soql/locator';

/** What an answer of Salesforce gives. */
export interface GivenRows {
  rows: number;
  /** Of its lists that go on. */
  locators: string[];
}

type Json = Record<string, unknown>;

/**
 * Counts the records in a JSON answer to a read: of queries, searches, single records and the ids of what was updated or
 * deleted, also inside composite and batch answers. Records of subqueries count as those of a query of their own.
 */
export function lookIntoRows(body: unknown): GivenRows {
  const given: GivenRows = { rows: 0, locators: [] };
  addRows(body, given);
  return given;
}

function addRows(body: unknown, given: GivenRows): void {
  if (Array.isArray(body)) {
    for (const entry of body) addRows(entry, given);
    return;
  }
  if (typeof body !== 'object' || body === null) return;
  const answer = body as Json;
  const parts = partsOf(answer);
  if (parts) {
    for (const part of parts) addRows(part, given);
    return;
  }
  const records = answer.records ?? answer.searchRecords ?? answer.recentItems ?? answer.deletedRecords;
  if (!Array.isArray(records)) {
    // Of what was updated Salesforce gives the ids alone.
    if (Array.isArray(answer.ids)) given.rows += answer.ids.length;
    if (answer.attributes !== undefined) addRecord(answer, given);
    return;
  }
  const next = typeof answer.nextRecordsUrl === 'string' ? parseNextRecordsUrl(answer.nextRecordsUrl) : null;
  if (next) given.locators.push(next.locator);
  for (const record of records) addRecord(record, given);
}

function addRecord(record: unknown, given: GivenRows): void {
  given.rows += 1;
  for (const value of Object.values((record ?? {}) as Json)) {
    if (typeof value === 'object' && value !== null && Array.isArray((value as Json).records)) {
      addRows(value, given);
    }
  }
}

/** The answers inside of one: of composite, batch and graph calls. */
function partsOf(answer: Json): unknown[] | null {
  if (Array.isArray(answer.compositeResponse)) return answer.compositeResponse.map((part: Json) => part.body);
  if (Array.isArray(answer.graphs)) return answer.graphs.map((graph: Json) => graph.graphResponse);
  if (Array.isArray(answer.results)) return answer.results.map((part: Json) => part.result);
  return null;
}
