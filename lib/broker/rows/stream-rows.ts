import type { QueryRequest } from '@/lib/broker/api-schemas/query';
import type { BrokerCall } from '@/lib/broker/call/types';
import { csvColumns, csvRow, csvValues } from '@/lib/broker/rows/csv-columns';
import { openQuery, type Row } from '@/lib/broker/rows/query-pages';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import type { ApiMeter } from '@/lib/salesforce/types';

/** How rows are written down. */
interface Form {
  type: string;
  begin: string;
  line(row: Row): string;
  /** The last line of a stream that broke; null: nothing a reader would know for one, so the body is cut instead. */
  broken: ((error: unknown) => string) | null;
}

const HOW_TO_TELL = 'orgdock-total-rows';

/**
 * All rows of a query that was permitted, a page in memory at a time; rows are taken off what the key may have page by page.
 * How many there are stands in the header `orgdock-total-rows`. A stream that breaks ends with a line `{"error": …}`
 * (NDJSON), or is cut off before its last chunk (CSV), so that nobody takes it for the whole.
 */
export async function streamRows(
  call: BrokerCall,
  connection: ReadableConnection,
  query: QueryRequest,
): Promise<Response> {
  const meter: ApiMeter = { calls: 0, budget: null, rows: null };
  const client = { ...salesforceClient(connection, call.ctx.personId), meter };
  let waited = 0;
  /** Whatever it comes to, it is told what it cost. */
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      waited += performance.now() - began;
      call.note({ cost: meter.calls, budget: meter.budget, salesforceMilliseconds: waited });
    }
  };
  const { total, first, rest } = await counted(() => openQuery(client, query.soql));
  const form = query.format === 'csv' ? csvForm(query, first[0]) : NDJSON;
  await call.spendRows(first.length);
  const textOf = (rows: Row[]) => rows.map((row) => form.line(row)).join('');
  let waiting: string | null = form.begin + textOf(first);
  const next = async (): Promise<string | null> => {
    const page = await counted(() => rest.next());
    if (page.done) return null;
    await call.spendRows(page.value.length);
    return textOf(page.value);
  };
  const body = streamOf(async () => {
    const text = waiting ?? (await next());
    waiting = null;
    return text;
  }, form);
  return new Response(body, { headers: { 'content-type': form.type, [HOW_TO_TELL]: String(total) } });
}

/** Texts until there is none. */
function streamOf(next: () => Promise<string | null>, form: Form): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isWanted = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const text = await next();
          if (!isWanted) return;
          if (text === null) controller.close();
          else controller.enqueue(encoder.encode(text));
        } catch (error) {
          if (!isWanted) return;
          log().warn({ err: error }, 'a stream of rows broke');
          if (form.broken === null) return controller.error(error);
          controller.enqueue(encoder.encode(form.broken(error)));
          controller.close();
        }
      },
      cancel() {
        isWanted = false;
      },
    },
    { highWaterMark: 0 },
  );
}

const NDJSON: Form = {
  type: 'application/x-ndjson',
  begin: '',
  line: (row) => `${JSON.stringify(row)}\n`,
  broken: (error) => `${JSON.stringify({ error: toProblem(error) })}\n`,
};

function csvForm({ soql, defuse }: QueryRequest, first: Row | undefined): Form {
  const columns = csvColumns(soql, first);
  const names = columns.map(({ name }) => name);
  return {
    type: 'text/csv; charset=utf-8; header=present',
    begin: csvRow(names, defuse),
    line: (row) => csvRow(csvValues(row, columns), defuse),
    broken: null,
  };
}
