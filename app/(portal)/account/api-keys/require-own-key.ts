import { notFound } from 'next/navigation';
import { getKey } from '@/lib/broker/keys/queries';
import type { PersonContext } from '@/lib/context';
import { requireContext } from '@/lib/session/context';

type Params = Promise<{ id: string }>;

/** The signed-in owner of the key in the address. Anybody else gets 404 here, administrators too: they have their own pages. */
export async function requireOwnKey(params: Params): Promise<{ ctx: PersonContext; id: string }> {
  const ctx = await requireContext();
  const detail = await getKey(ctx, (await params).id);
  if (!detail?.isOwn) notFound();
  return { ctx, id: detail.key.id };
}
