import { exportAudit } from '@/lib/audit/log/export';
import { parseAuditFilter } from '@/lib/audit/log/filter';
import { FORMATS } from '@/lib/audit/log/formats';
import { answer, requireApiContext } from '@/lib/session/api';

/** The filtered entries of the audit log as a file. A POST: that it leaves is an act, and audited. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request);
    const search = Object.fromEntries(new URL(request.url).searchParams);
    const format = search.format === 'jsonl' ? 'jsonl' : 'csv';
    const body = await exportAudit(ctx, parseAuditFilter(search), format);
    const day = new Date().toISOString().slice(0, 10);
    return new Response(body, {
      headers: {
        'cache-control': 'private, no-store',
        'content-type': FORMATS[format].type,
        'content-disposition': `attachment; filename="orgdock-audit-${day}.${format}"`,
      },
    });
  });
}
