import { exportBreachReport } from '@/lib/custody/breach/report/commands';
import { answer, requireApiContext } from '@/lib/session/api';

/** The signed report on a breach as a file. A POST: that it leaves is an act, and audited. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request);
    const { id } = await params;
    const jws = await exportBreachReport(ctx, id);
    const day = new Date().toISOString().slice(0, 10);
    return new Response(`${jws}\n`, {
      headers: {
        'cache-control': 'private, no-store',
        'content-type': 'application/jose',
        'content-disposition': `attachment; filename="orgdock-breach-${day}-${id.slice(0, 8)}.jws"`,
      },
    });
  });
}
