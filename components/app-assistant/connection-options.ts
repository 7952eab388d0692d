import type { SetUpConnection } from '@/lib/provisioning/set-up-access/types';

/** One's own grants in the org, to choose from. */
export function connectionOptions(
  connections: readonly SetUpConnection[],
): Array<{ value: string; label: string }> {
  return connections.map(({ id, purpose, username, environmentName }) => ({
    value: id,
    label: `${purpose === 'bootstrap' ? 'Set-up access' : 'Connection'} of ${username} through ${environmentName}`,
  }));
}
