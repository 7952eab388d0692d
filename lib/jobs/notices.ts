import { withSystem } from '@/db/client';
import { raiseNotices } from '@/lib/notify/raise';
import { registry } from '@/lib/registry';

/** Tells people what has come up about their connections, a page of them in each transaction. */
export async function sweepNotices(): Promise<void> {
  let after: string | null = null;
  do {
    const from: string | null = after;
    after = await withSystem('notices', (tx) => raiseNotices(tx, from));
  } while (after !== null && !registry().draining);
}
