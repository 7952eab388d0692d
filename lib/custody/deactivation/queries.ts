import type { PersonContext } from '@/lib/context';
import { previewRevocation } from '@/lib/custody/revoke-everything/queries';
import type { DeactivationPreview } from '@/lib/custody/types';
import { listSessionsOf } from '@/lib/session/queries';

/** What deactivating a person would end, for an administrator. Throws FORBIDDEN. */
export async function previewDeactivation(
  ctx: PersonContext,
  personId: string,
): Promise<DeactivationPreview> {
  const { connections, strayGrants, unsendable, environments } = await previewRevocation(ctx, { personId });
  const sessions = await listSessionsOf(ctx, personId);
  return { sessions: sessions.length, connections, strayGrants, unsendable, environments };
}
