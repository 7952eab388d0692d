import { ConnectPanel } from '@/components/connections/connect-panel';
import { ConnectionCard } from '@/components/connections/connection-card';
import { FirstSteps } from '@/components/connections/first-steps';
import { NothingToConnect } from '@/components/connections/nothing-to-connect';
import { PendingConsents } from '@/components/connections/pending-consents';
import { Page } from '@/components/shell/page';
import { listEvictionWarnings } from '@/lib/connections/ledger/queries';
import { listConnections } from '@/lib/connections/queries';
import { listPendingConsents } from '@/lib/consent/queries';
import { SEEN_CHOICES } from '@/lib/doctor/seen-choices';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { requireContext } from '@/lib/session/context';
import { askApprovalAction } from '../consent/actions';
import { dismissPendingConsentAction, tellWhatSalesforceShowedAction } from './actions';
import { Approvals } from './approvals-section';
import { ConnectLinks } from './connect-links-section';
import { Forbidden } from './forbidden-section';
import { viewerOf } from './viewer';

export const metadata = { title: 'Connections' };

const DESCRIPTION =
  'Salesforce orgs that you gave Orgdock access to. Orgdock keeps each grant alive, and only you see its records. A service connection is shared by an administrator.';

export default async function HomePage() {
  const ctx = await requireContext();
  const [connections, environments, pending, warnings] = await Promise.all([
    listConnections(ctx),
    listConnectableEnvironments(ctx),
    listPendingConsents(ctx),
    listEvictionWarnings(ctx),
  ]);
  const open = new Set(environments.map(({ id }) => id));
  const viewer = viewerOf(ctx);
  return (
    <Page title="Connections" description={DESCRIPTION}>
      <div className="space-y-8">
        <Approvals ctx={ctx} viewer={viewer} />
        <PendingConsents
          consents={pending}
          warnings={warnings}
          viewer={viewer}
          dismiss={dismissPendingConsentAction}
          seen={SEEN_CHOICES}
          tell={tellWhatSalesforceShowedAction}
          askedBy={ctx.displayName}
          ask={askApprovalAction}
        />
        {connections.length === 0 && ctx.role === 'auditor' ? (
          <NothingToConnect />
        ) : connections.length === 0 ? (
          <FirstSteps
            environments={environments}
            warnings={warnings}
            viewer={viewer}
            isAdmin={ctx.role === 'admin'}
          />
        ) : (
          <>
            <ul className="grid gap-4 md:grid-cols-2">
              {connections.map((connection) => (
                <li key={connection.id} className="flex">
                  <ConnectionCard
                    connection={connection}
                    readable={open.has(connection.environment.id)}
                    viewer={viewer}
                  />
                </li>
              ))}
            </ul>
            <ConnectPanel environments={environments} warnings={warnings} viewer={viewer} />
          </>
        )}
        <ConnectLinks ctx={ctx} environments={environments} viewer={viewer} />
        <Forbidden ctx={ctx} viewer={viewer} />
      </div>
    </Page>
  );
}
