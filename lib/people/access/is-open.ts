import { and, eq, isNull } from 'drizzle-orm';
import { environments } from '@/db/schema/environments';

/**
 * SQL over a row of environments: it is in use. Nobody connects to a draft, a disabled or a deleted one, signs in
 * through it or reads there; grants of a disabled one are kept alive all the same.
 */
export const isOpen = and(eq(environments.status, 'active'), isNull(environments.deletedAt));
