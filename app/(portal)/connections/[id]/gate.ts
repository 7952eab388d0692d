import { notFound } from 'next/navigation';
import { requireConnection } from '@/lib/connections/queries';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { requireContext } from '@/lib/session/context';

/** The signed-in person and their own connection; anybody else's and a made-up id are 404. */
export async function requireOwnConnection(
  params: Promise<{ id: string }>,
): Promise<{ ctx: PersonContext; connection: AuthorisedConnection }> {
  const ctx = await requireContext();
  try {
    return { ctx, connection: await requireConnection(ctx, (await params).id) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}
