import { withCustody } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { matching, readItems } from '@/lib/custody/access-review/read-items';
import { requireReview } from '@/lib/custody/access-review/require-review';
import type { ReviewItem } from '@/lib/custody/access-review/types';
import { csvLine } from '@/lib/format/csv';
import { assertRole, CUSTODIANS } from '@/lib/people/assert-role';

type Review = Awaited<ReturnType<typeof requireReview>>;
type Cell = (review: Review, item: ReviewItem) => string | null;

const EVERYTHING = { undecided: false, unused: false, full: false };

const COLUMNS: ReadonlyArray<[name: string, cell: Cell]> = [
  ['review', ({ scopeName }) => scopeName],
  ['started_at', ({ startedAt }) => startedAt.toISOString()],
  ['started_by', ({ startedByName }) => startedByName],
  ['closed_at', ({ closedAt }) => closedAt?.toISOString() ?? null],
  ['closed_by', ({ closedByName }) => closedByName],
  ['held_by', (_, { owner }) => owner],
  ['kind', (_, { isService }) => (isService ? 'service connection' : 'person')],
  ['environment', (_, { environmentName }) => environmentName],
  ['org_id', (_, { orgId }) => orgId],
  ['username', (_, { username }) => username],
  ['scopes', (_, { scopes }) => scopes.join(' ')],
  ['connected_at', (_, { connectedAt }) => connectedAt],
  ['last_used_at', (_, { lastUsedAt }) => lastUsedAt],
  ['decision', (_, { decided }) => decided?.decision ?? 'undecided'],
  ['decided_by', (_, { decided }) => decided?.by ?? null],
  ['decided_at', (_, { decided }) => decided?.at ?? null],
  ['note', (_, { note }) => note],
  ['revocation', (_, { outcome }) => outcome],
  ['connection_id', (_, { connectionId }) => connectionId],
  ['grant_id', (_, { grantId }) => grantId],
  ['review_id', ({ id }) => id],
];

/** The evidence of a review as CSV, open or closed. That it left is audited with it. Throws FORBIDDEN, NOT_FOUND. */
export async function exportReview(ctx: PersonContext, id: string): Promise<string> {
  assertRole(ctx, CUSTODIANS, 'take out the evidence of access reviews');
  return await withCustody(ctx, async (tx) => {
    const review = await requireReview(tx, id);
    const items = await readItems(tx, matching(id, review.startedAt, EVERYTHING), null);
    await appendAudit(tx, ctx, {
      action: 'access_review.export',
      subjectId: id,
      details: { rows: items.length },
    });
    const lines = items.map((item) => csvLine(COLUMNS.map(([, cell]) => cell(review, item))));
    return csvLine(COLUMNS.map(([name]) => name)) + lines.join('');
  });
}
