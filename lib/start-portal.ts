import { startDatabase } from '@/db/start';
import { startSealing } from '@/lib/audit/chain/keep-sealing';
import { startUpkeep } from '@/lib/connections/settle/upkeep';
import { ensureSetupToken } from '@/lib/consent/setup-token';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { startJobs } from '@/lib/jobs/start-jobs';
import { registry } from '@/lib/registry';

/**
 * What must be done before the first request: opens the database, starts the upkeep of the grants, the sealing of
 * the audit log and the jobs, and
 * prints how to set up a new portal. Sets the slot `started`, for which server.mjs waits. A failure is printed in the
 * words of its error and thrown on.
 */
export async function startPortal(): Promise<void> {
  try {
    await startDatabase();
    const token = await ensureSetupToken();
    await startUpkeep();
    startSealing();
    startJobs();
    registry().slots.set('started', true);
    if (token !== null) {
      // On the terminal, not in the log: whoever reads logs later must not become the administrator.
      const address = `${portalOrigin()}/setup`;
      process.stdout.write(`Orgdock is not set up yet. Open ${address} with this one-time token: ${token}\n`);
    }
  } catch (error) {
    if (error instanceof AppError) {
      const parts = [error.message, error.nextStep, ...Object.values(error.details)];
      process.stderr.write(`${parts.filter(Boolean).join('\n')}\n`);
    }
    throw error;
  }
}
