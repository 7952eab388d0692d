import { downloadAppPack } from '@/lib/provisioning/app-pack/commands';
import { answer, requireApiContext } from '@/lib/session/api';

/** The metadata of an environment's app as a zip archive. A POST: that it leaves is an act, and audited. */
export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request, 'admin');
    const { slug } = await params;
    const choice = Object.fromEntries(new URL(request.url).searchParams);
    const { name, zip } = await downloadAppPack(ctx, { slug, choice });
    return new Response(new Uint8Array(zip), {
      headers: {
        'cache-control': 'private, no-store',
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
      },
    });
  });
}
