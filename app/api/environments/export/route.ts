import { exportEnvironments } from '@/lib/environments/transfer/queries';
import { answer, requireApiContext } from '@/lib/session/api';

/** Settings of all environments, or of `?slug=`, as a file without secrets. A POST: that it leaves is an act, and audited. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request);
    const slug = new URL(request.url).searchParams.get('slug');
    const file = await exportEnvironments(ctx, slug);
    const name = slug === null ? 'environments' : (file.environments[0]?.slug ?? 'environment');
    return new Response(`${JSON.stringify(file, null, 2)}\n`, {
      headers: {
        'cache-control': 'private, no-store',
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="orgdock-${name}.json"`,
      },
    });
  });
}
