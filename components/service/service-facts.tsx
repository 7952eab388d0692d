import { Facts } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ServiceConnectionDetail } from '@/lib/connections/service/types';
import { FLOWS } from './flow-words';

/** Whose rights a service connection has, and how it signs in. */
export function ServiceFacts({
  connection,
  viewer,
}: {
  connection: ServiceConnectionDetail;
  viewer: Viewer;
}) {
  const { flow, runAs, orgName, orgId, tokenHost, scopes, lastUsedAt, createdAt, retrievedAt } = connection;
  return (
    <Facts
      facts={[
        {
          label: 'Run-as user',
          value: `${runAs.displayName} · ${runAs.username}`,
          hint: 'Everybody whom it is shared with sees what this user sees.',
        },
        { label: 'Organization', value: `${orgName ?? 'Name not known'} (${orgId})` },
        { label: 'Flow', value: FLOWS[flow].label, hint: FLOWS[flow].summary },
        { label: 'Token host', value: <span className="break-all">{tokenHost}</span> },
        { label: 'Scopes', value: scopes.length > 0 ? scopes.join(' ') : 'Not told by this flow' },
        {
          label: 'Last used',
          value: lastUsedAt ? <Instant iso={lastUsedAt} viewer={viewer} exact /> : 'Not used yet',
        },
        { label: 'Token retrieved', value: <Instant iso={retrievedAt} viewer={viewer} exact /> },
        { label: 'Created', value: <Instant iso={createdAt} viewer={viewer} exact /> },
      ]}
    />
  );
}
