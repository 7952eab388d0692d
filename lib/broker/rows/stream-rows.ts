import type { QueryRequest } from '@/lib/broker/api-schemas/query';
import type { BrokerCall } from '@/lib/broker/call/types';
import { csvColumns, csvRow, csvValues } from '@/lib/broker/rows/csv-columns';
import { countRows, openQuery, type Row } from '@/lib/broker/rows/query-pages';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import type { ApiMeter } from '@/lib/salesforce/types';

/** What is asked, and how its rows are given. `json`: one object with all of them. */
export interface RowsRequest extends Omit<QueryRequest, 'format'> {
  format: QueryRequest['format'] | 'json';
}

/** How rows are written down. */
interface Form {
  type: string;
  begin: string;
  line(row: Row): string;
  end: string;
  /** The last line of a stream that broke; null: nothing a reader would know for one, so the body is cut instead. */
  broken: ((error: unknown) => string) | null;
}

const HOW_TO_TELL = 'orgdock-total-rows';

/**
 * All rows of a query that was permitted, a page in memory at a time; rows are taken off what the key may have page by page.
 * How many there are stands in the header `orgdock-total-rows`. A stream that breaks ends with a line `{"error": …}`
 * (NDJSON), or is cut off before its last chunk (CSV, JSON), so that nobody takes it for the whole.
 */
export async function streamRows(
  call: BrokerCall,
  connection: ReadableConnection,
  query: RowsRequest,
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
  const form = formOf(query, total, first[0]);
  await call.spendRows(countRows(first));
  const textOf = (rows: Row[]) => rows.map((row) => form.line(row)).join('');
  let waiting: string | null = form.begin + textOf(first);
  let isOver = false;
  const next = async (): Promise<string | null> => {
    if (isOver) return null;
    const page = await counted(() => rest.next());
    if (page.done) {
      isOver = true;
      return form.end || null;
    }
    await call.spendRows(countRows(page.value));
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

function formOf(query: RowsRequest, total: number, first: Row | undefined): Form {
  if (query.format === 'csv') return csvForm(query, first);
  return query.format === 'json' ? jsonForm(total) : NDJSON;
}

function jsonForm(total: number): Form {
  let comma = '';
  return {
    type: 'application/json',
    begin: `{"totalSize":${total},"records":[`,
    line: (row) => {
      const text = `${comma}\n${JSON.stringify(row)}`;
      comma = ',';
      return text;
    },
    end: '\n]}\n',
    broken: null,
  };
}

const NDJSON: Form = {
  type: 'application/x-ndjson',
  begin: '',
  line: (row) => `${JSON.stringify(row)}\n`,
  end: '',
  broken: (error) => `${JSON.stringify({ error: toProblem(error) })}\n`,
};

function csvForm({ soql, defuse }: RowsRequest, first: Row | undefined): Form {
  const columns = csvColumns(soql, first);
  const names = columns.map(({ name }) => name);
  return {
    type: 'text/csv; charset=utf-8; header=present',
    begin: csvRow(names, defuse),
    line: (row) => csvRow(csvValues(row, columns), defuse),
    end: '',
    broken: null,
  };
}
