import { CopyButton } from '@/components/forms/copy-field';
import type { EnvironmentOverview } from '@/lib/custody/environment-overview/types';

const APP_TYPES = {
  external_client_app: 'External Client App',
  connected_app: 'Connected App',
} as const;

/** Where the org is, and which app of it Orgdock is. */
export function AppCell({ environment }: { environment: EnvironmentOverview }) {
  const { origin, appType, clientId, name, expectedOrg } = environment;
  return (
    <>
      <span className="block break-all">
        {origin === '' ? <span className="text-muted">No address yet</span> : new URL(origin).host}
      </span>
      <span className="block text-xs text-muted">
        {expectedOrg ? `Pinned to ${expectedOrg.name ?? expectedOrg.id}` : 'Org not pinned'}
      </span>
      <span className="block text-xs text-muted">{APP_TYPES[appType]}</span>
      {clientId === '' ? (
        <span className="block text-xs text-muted">No consumer key yet</span>
      ) : (
        <span className="flex items-center gap-0.5">
          <code title={clientId} className="font-mono text-xs text-muted">
            {shorten(clientId)}
          </code>
          <CopyButton value={clientId} label={`Copy the consumer key of ${name}`} />
        </span>
      )}
    </>
  );
}

function shorten(clientId: string): string {
  return clientId.length <= 16 ? clientId : `${clientId.slice(0, 8)}…${clientId.slice(-4)}`;
}
