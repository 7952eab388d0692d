import { withSystem } from '@/db/client';
import { raiseAlertNotices, raiseNotices } from '@/lib/notify/raise';
import { registry } from '@/lib/registry';

/** Tells people what has come up about their connections, a page of them in each transaction, and of alerts. */
export async function sweepNotices(): Promise<void> {
  await withSystem('notices', raiseAlertNotices);
  let after: string | null = null;
  do {
    const from: string | null = after;
    after = await withSystem('notices', (tx) => raiseNotices(tx, from));
  } while (after !== null && !registry().draining);
}
