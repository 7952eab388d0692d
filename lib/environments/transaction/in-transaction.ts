import { type Tx, withActor, withSystem } from '@/db/client';
import type { Context } from '@/lib/context';

/** With a person's own rights, or with those of the portal for the command line. */
export function inTransaction<T>(ctx: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.kind === 'person' ? withActor(ctx, work) : withSystem(ctx.reason, work);
}
