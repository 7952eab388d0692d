import { sealDue } from '@/lib/audit/chain/seal';
import { log } from '@/lib/log';
import { onDrain, processWide } from '@/lib/registry';

/** A row is sealed well within 5 seconds of its commit. */
const EVERY_MS = 2_000;

/**
 * Seals the audit log from now on, until the stop. Every process does; an advisory lock lets one work at a time, and no
 * act ever waits for it.
 */
export function startSealing(): void {
  processWide('audit.sealing', () => {
    let round: Promise<void> | null = null;
    let failed = false;
    const sealOnce = async () => {
      try {
        await sealDue();
        failed = false;
      } catch (err) {
        // Once for an outage, not every two seconds: rows wait, and nothing is lost.
        if (!failed)
          log().error({ err }, 'the audit log could not be sealed; it is tried again every 2 seconds');
        failed = true;
      }
    };
    const timer = setInterval(() => {
      round ??= sealOnce().finally(() => {
        round = null;
      });
    }, EVERY_MS);
    timer.unref();
    onDrain(async () => {
      clearInterval(timer);
      await round;
    });
    return timer;
  });
}
