import type { ConnectionDetail } from '@/lib/connections/types';

/**
 * Where the button stands that consents anew: in the card that says why the connection ended (`card`), as the first
 * thing to do on the page, or aside, because something else comes first or nothing has to be done.
 */
export function reconnectPlace(
  connection: Pick<ConnectionDetail, 'health' | 'problem' | 'settling'>,
): 'card' | 'first' | 'aside' {
  const { health, problem, settling } = connection;
  if (health === 'healthy' || health === 'refreshing') return 'aside';
  if (settling) return settling.how === 'leave' ? 'first' : 'aside';
  if (problem && (problem.cause?.step ?? 'reconnect') !== 'reconnect') return 'aside';
  return health === 'needs_reconnect' ? 'card' : 'first';
}
