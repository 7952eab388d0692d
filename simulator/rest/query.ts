import { json, restError, unknownToSimulator } from '@/simulator/http/respond';
import { type ChildAnswer, type JsonRecord, recordWriter } from '@/simulator/rest/records';
import { answerSoql, type DataService, type Resource } from '@/simulator/rest/service';
import type { RowResult } from '@/simulator/soql/run/engine';
import type { SimRequest, SimResponse } from '@/simulator/types';

const DEFAULT_BATCH = 2_000;
/** Salesforce makes batches smaller when a long text area is selected (captured: 1,000). */
const LONG_TEXT_BATCH = 1_000;
const LONG_TEXT = 4_000;

/** `Sforce-Query-Options: batchSize=500`; the REST guide allows 200 to 2,000. */
function batchSizeOf(request: SimRequest): number | SimResponse {
  const option = request.headers['sforce-query-options'];
  if (option === undefined) return DEFAULT_BATCH;
  const match = /^\s*batchSize\s*=\s*(\d+)\s*$/i.exec(option);
  const size = Number(match?.[1]);
  if (!match || size < 200 || size > DEFAULT_BATCH) {
    return unknownToSimulator(`the Sforce-Query-Options "${option}"`);
  }
  return size;
}

function hasLongText({ select }: RowResult): boolean {
  return select.some(({ field }) => field.type === 'textarea' && field.length >= LONG_TEXT);
}

function childrenIn(record: JsonRecord, { children }: RowResult): number {
  return children.reduce((sum, { name }) => sum + ((record[name] as ChildAnswer | null)?.totalSize ?? 0), 0);
}

interface Page {
  readonly result: RowResult;
  readonly offset: number;
  readonly batchSize: number;
  readonly root: string;
  /** Asked only when rows remain after this page. */
  locator(): string;
}

function writePage({ result, offset, batchSize, root, locator }: Page): SimResponse {
  const size = hasLongText(result) ? Math.min(batchSize, LONG_TEXT_BATCH) : batchSize;
  const write = recordWriter(result.table, result.select, root, result.children);
  const records: JsonRecord[] = [];
  let end = offset;
  // Children count towards the batch; the row that fills it is written whole.
  for (let written = 0; end < result.total && written < size; end++) {
    const record = write(result.rows?.[end] ?? end);
    records.push(record);
    written += 1 + childrenIn(record, result);
  }
  const done = end >= result.total;
  return json(200, {
    totalSize: result.total,
    done,
    ...(done ? {} : { nextRecordsUrl: `${root}/query/${locator()}-${end}` }),
    records,
  });
}

function runQuery(
  request: SimRequest,
  service: DataService,
  page: Omit<Page, 'result' | 'offset' | 'locator'>,
  user: Parameters<DataService['engine']['run']>[1],
): SimResponse {
  const soql = request.query.get('q');
  if (!soql?.trim()) return restError(400, 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  return answerSoql(() => {
    const now = service.org.clock.now();
    const result = service.engine.run(soql, user, now);
    if (result.kind === 'count') return json(200, { totalSize: result.total, done: true, records: [] });
    if (result.kind === 'aggregate') {
      const { records } = result;
      return json(200, { totalSize: records.length, done: true, records });
    }
    return writePage({
      ...page,
      result,
      offset: 0,
      locator: () => service.locators.open(soql, user, now, result),
    });
  });
}

/** `/query?q=` and `/queryAll?q=`: nothing is deleted here, so that both see the same rows. */
export const query: Resource = (request, { user }, service, root) => {
  const batchSize = batchSizeOf(request);
  if (typeof batchSize !== 'number') return batchSize;
  if (request.query.has('columns')) return unknownToSimulator('the parameter "columns" of query');
  return runQuery(request, service, { batchSize, root }, user);
};

/** `/query/0r8…-2000`: any offset up to the total is served, as captured. */
export const queryMore: Resource = (request, { user }, service, root) => {
  const batchSize = batchSizeOf(request);
  if (typeof batchSize !== 'number') return batchSize;
  const [, locator = '', digits = ''] =
    /^(0r8[A-Za-z0-9]{15})-(\d{1,9})$/.exec(request.params.locator ?? '') ?? [];
  const result = service.locators.find(locator, user, service.org.clock.now());
  const offset = Number(digits);
  if (!result || digits === '' || offset > result.total) {
    return restError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return answerSoql(() => writePage({ result, offset, batchSize, root, locator: () => locator }));
};
