import { json } from '@/lib/session/api';

/** The process answers. Asks nothing else, so that a lost database does not restart every replica. */
export function GET(): Response {
  return json({ status: 'ok' });
}

export const dynamic = 'force-dynamic';
