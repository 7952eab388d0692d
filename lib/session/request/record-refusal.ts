import { recordDenied } from '@/lib/audit/record-denied';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';

/** Pages whose address is a key. */
const LINK = /^(\/(?:approve|invite)\/)[^/?]+/;

/** Notes in the audit log that a person was refused, and counts it as an act: nobody fills the log by asking on. */
export async function recordRefusal(ctx: PersonContext, path: string, reason: string): Promise<void> {
  try {
    await countAgainst('person', ctx.personId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return;
  }
  await recordDenied(ctx, path.replace(LINK, '$1[token]'), reason);
}
