import { exportReview } from '@/lib/custody/access-review/export';
import { answer, requireApiContext } from '@/lib/session/api';

/** The evidence of an access review as a file. A POST: that it leaves is an act, and audited. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request);
    const body = await exportReview(ctx, (await params).id);
    const day = new Date().toISOString().slice(0, 10);
    return new Response(body, {
      headers: {
        'cache-control': 'private, no-store',
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="orgdock-access-review-${day}.csv"`,
      },
    });
  });
}
