import { and, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import type { GrantPurpose } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import type { TokenAnswer, UserInfo } from '@/lib/salesforce/types';

/** The refresh token of a consented grant whose parts belong together. Throws CONSENT_NO_REFRESH_TOKEN or SALESFORCE_ANSWER_INVALID. */
export function assertComplete({ answer, user }: { answer: TokenAnswer; user: UserInfo }): string {
  if (answer.orgId !== user.orgId || answer.userId !== user.userId) {
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce named two different users for one consent.', {
      nextStep: 'Start again from Orgdock.',
    });
  }
  if (answer.refreshToken === null) {
    throw new AppError(
      'CONSENT_NO_REFRESH_TOKEN',
      'Salesforce gave no refresh token, so the connection would not last.',
      {
        nextStep:
          'Ask your administrator to allow the scope refresh_token in the app, and a refresh token policy other than “Immediately expire”.',
        details: { scopes: answer.scopes.join(' ') },
      },
    );
  }
  return answer.refreshToken;
}

/**
 * Holds a reconnect to the connection it was started for. Throws NOT_FOUND when that is not the person's own, and
 * CONSENT_WRONG_USER with both usernames when somebody else consented.
 */
export async function assertSameUser(
  tx: Tx,
  grant: {
    reconnects: string | null;
    ownerId: string;
    environmentId: string;
    purpose?: GrantPurpose;
    answer: TokenAnswer;
    user: UserInfo;
  },
): Promise<void> {
  if (grant.reconnects === null) return;
  const [row] = await tx
    .select({
      orgId: connections.orgId,
      userId: connections.salesforceUserId,
      username: connections.username,
    })
    .from(connections)
    .where(
      and(
        eq(connections.id, grant.reconnects),
        eq(connections.ownerId, grant.ownerId),
        eq(connections.environmentId, grant.environmentId),
        eq(connections.purpose, grant.purpose ?? 'runtime'),
      ),
    );
  if (!row) throw new AppError('NOT_FOUND', 'The connection to be renewed does not exist any more.');
  if (row.orgId === grant.answer.orgId && row.userId === grant.answer.userId) return;
  throw new AppError(
    'CONSENT_WRONG_USER',
    `This connection is that of ${row.username}, but you consented as ${grant.user.username}.`,
    {
      nextStep: 'Sign out of Salesforce and reconnect as the same user, or connect the other user anew.',
      details: { expectedUsername: row.username, actualUsername: grant.user.username },
    },
  );
}
