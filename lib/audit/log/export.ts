import { sql } from 'drizzle-orm';
import { withActor, withCustody } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { assertReader } from '@/lib/audit/log/assert-reader';
import { type ExportFormat, FORMATS } from '@/lib/audit/log/formats';
import { readRows } from '@/lib/audit/log/read-rows';
import type { AuditFilter } from '@/lib/audit/types';
import type { PersonContext } from '@/lib/context';

const BATCH = 1_000;

/**
 * The entries of a filter as a file, the newest first, in chunks of text. Writes an audit row before the first byte, and
 * one with the number of rows at the end, also when the reader has gone. Throws FORBIDDEN.
 */
export async function exportAudit(
  ctx: PersonContext,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<ReadableStream<Uint8Array>> {
  assertReader(ctx);
  const until = await begin(ctx, filter, format);
  const chunks = chunksOf(ctx, { ...filter, to: until, before: null }, format);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return();
    },
  });
}

async function* chunksOf(
  ctx: PersonContext,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string, void> {
  const { head, line } = FORMATS[format];
  let sent = 0;
  try {
    yield head;
    for (let before: string | null | undefined; before !== null; ) {
      const from = before ?? null;
      const page = await withCustody(ctx, (tx) => readRows(tx, { ...filter, before: from }, BATCH));
      sent += page.rows.length;
      yield page.rows.map(line).join('');
      before = page.next;
    }
  } finally {
    await note(ctx, { state: 'finished', format, filter, rows: sent });
  }
}

/** The row of the begin; up to which instant rows go out, so that an export does not hold its own. */
async function begin(ctx: PersonContext, filter: AuditFilter, format: ExportFormat): Promise<string> {
  const { rows } = await withCustody(ctx, (tx) =>
    tx.execute<{ until: string }>(sql`
      SELECT to_char(least(${filter.to}::timestamptz, orgdock.now()) AT TIME ZONE 'UTC',
                     'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS until`),
  );
  await note(ctx, { state: 'started', format, filter });
  return rows[0]?.until ?? new Date().toISOString();
}

interface Note {
  state: 'started' | 'finished';
  format: ExportFormat;
  filter: AuditFilter;
  rows?: number;
}

async function note(ctx: PersonContext, { filter, ...details }: Note): Promise<void> {
  const asked = Object.fromEntries(
    Object.entries(filter).filter(([name, value]) => name !== 'before' && value !== null && value !== ''),
  );
  await withActor(ctx, (tx) =>
    appendAudit(tx, ctx, {
      action: 'audit.export',
      subjectId: 'audit',
      details: { ...details, filter: asked },
    }),
  );
}
