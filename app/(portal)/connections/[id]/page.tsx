import { ConnectionActions } from '@/components/connections/connection-actions';
import { ConnectionFacts } from '@/components/connections/connection-facts';
import { ConnectionProblemCard } from '@/components/connections/connection-problem';
import { EvictionNotice } from '@/components/connections/eviction-notice';
import { RevocationNotice } from '@/components/connections/revocation-notice';
import { ServiceBadge } from '@/components/service/service-badge';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { HealthBadge } from '@/components/states/health-badge';
import { listEvictionWarnings } from '@/lib/connections/ledger/queries';
import { viewerOf } from '../../viewer';
import { disconnectAction, retryRevocationAction } from './actions';
import { requireOwnConnection } from './gate';

export const metadata = { title: 'Connection' };

export default async function ConnectionPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, connection } = await requireOwnConnection(params);
  const viewer = viewerOf(ctx);
  const warnings = (await listEvictionWarnings(ctx)).filter(
    ({ environmentId, username }) =>
      environmentId === connection.environment.id && username === connection.username,
  );
  return (
    <Page
      above={<BackLink href="/">Connections</BackLink>}
      title={connection.service?.name ?? connection.orgName ?? connection.orgId}
      badge={
        <>
          <EnvironmentBadge kind={connection.environment.kind} />
          {connection.service ? <ServiceBadge /> : null}
          <HealthBadge health={connection.health} />
        </>
      }
      description={`${connection.userDisplayName} · ${connection.username}`}
      actions={
        <ConnectionActions connection={connection} disconnect={disconnectAction.bind(null, connection.id)} />
      }
    >
      <div className="space-y-6">
        <ConnectionProblemCard connection={connection} viewer={viewer} />
        <EvictionNotice warnings={warnings} viewer={viewer} />
        <RevocationNotice
          connection={connection}
          viewer={viewer}
          retry={retryRevocationAction.bind(null, connection.id)}
        />
        <ConnectionFacts connection={connection} viewer={viewer} />
      </div>
    </Page>
  );
}
