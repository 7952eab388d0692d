import { assertReader } from '@/lib/audit/log/assert-reader';
import { verifyAuditLog } from '@/lib/audit/log/commands';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { answer, requireApiContext } from '@/lib/session/api';

/** Verifies the chain of the audit log. Answers JSON lines: `{progress}` while it walks, then `{report}` or `{problem}`. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request);
    assertReader(ctx);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const say = (line: object) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        try {
          say({ report: await verifyAuditLog(ctx, (progress) => say({ progress })) });
        } catch (error) {
          log().error({ err: error }, 'the audit log could not be verified');
          say({ problem: toProblem(error) });
        }
        controller.close();
      },
    });
    return new Response(body, {
      headers: {
        'cache-control': 'private, no-store, no-transform',
        'content-type': 'application/x-ndjson; charset=utf-8',
      },
    });
  });
}
