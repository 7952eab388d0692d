import { requireSpool } from '@/lib/connections/spool/queries';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { json } from '@/lib/session/api';
import { requireReady } from '@/lib/session/readiness';

/** Whether this process can serve. Says a code and no more: anybody may ask. */
export async function GET(): Promise<Response> {
  try {
    await requireReady();
    await requireSpool();
    return json({ status: 'ready' });
  } catch (error) {
    log().warn({ err: error }, 'not ready');
    return json({ status: 'not ready', code: toProblem(error).code }, { status: 503 });
  }
}

export const dynamic = 'force-dynamic';
