import { notFound } from 'next/navigation';
import { requireConnection, requireReadable } from '@/lib/connections/queries';
import type { AuthorisedConnection, ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError, isDenial } from '@/lib/errors';
import { refusePage, requireContext } from '@/lib/session/context';

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

/**
 * As `requireOwnConnection`, for its records: 403 when its environment is disabled or not open to the person, or they are
 * an auditor.
 */
export async function requireReadableConnection(
  params: Promise<{ id: string }>,
): Promise<{ ctx: PersonContext; connection: ReadableConnection }> {
  const ctx = await requireContext();
  try {
    return { ctx, connection: await requireReadable(ctx, (await params).id) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'NOT_FOUND') notFound();
    if (isDenial(error.code) || error.code === 'ENVIRONMENT_DISABLED') return refusePage(ctx, error.message);
    throw error;
  }
}
