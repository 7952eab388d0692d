import { requireReadable } from '@/lib/connections/queries';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { answer, requireApiContext } from '@/lib/session/api';

export interface RecordsRequest {
  ctx: PersonContext;
  connection: ReadableConnection;
  /** The parameters of the request's URL. */
  params: URLSearchParams;
}

/** A route below a connection: signed in, and a connection that this person may read records through; else its problem. */
export function answerRecords(
  request: Request,
  params: Promise<{ id: string }>,
  work: (records: RecordsRequest) => Promise<Response>,
): Promise<Response> {
  return answer(request, async () => {
    const ctx = await requireApiContext(request);
    const connection = await requireReadable(ctx, (await params).id);
    return await work({ ctx, connection, params: new URL(request.url).searchParams });
  });
}
