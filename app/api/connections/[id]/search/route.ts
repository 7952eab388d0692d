import { searchConnection } from '@/lib/records/search/search-connection';
import { json } from '@/lib/session/api';
import { normalizeSearch } from '@/lib/soql/grid-state';
import { answerRecords } from '../answer-records';

/** Records of the connection's main objects that hold the words of `q`. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRecords(request, params, async ({ ctx, connection, params: search }) =>
    json(await searchConnection(ctx, connection, normalizeSearch(search.get('q') ?? ''))),
  );
}
