import { requireConnection } from '@/lib/connections/queries';
import { tokenSource } from '@/lib/connections/token-source';
import type { PersonContext } from '@/lib/context';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { getSecretRotation } from '@/lib/provisioning/secret-rotation/queries';

/**
 * Refreshes the administrator's own connection once, by the usual protocol, so that the new secret is used without
 * waiting for a session to end. Throws FORBIDDEN, NOT_FOUND, CONFLICT without one, or why the refresh failed.
 */
export async function refreshOwnConnection(ctx: PersonContext, slug: string): Promise<void> {
  assertAdmin(ctx);
  const { ownConnectionId: id } = await getSecretRotation(ctx, slug);
  if (id === null) {
    throw new AppError('CONFLICT', 'You have no healthy connection in this environment.', {
      nextStep: 'Connect once yourself: a consent confirms the new secret as well.',
    });
  }
  const source = tokenSource(await requireConnection(ctx, id), ctx.personId);
  const { generation } = await source.current();
  await source.renew(generation);
}
