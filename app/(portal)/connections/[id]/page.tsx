import { ConnectionActions } from '@/components/connections/connection-actions';
import { ConnectionFacts } from '@/components/connections/connection-facts';
import { EvictionNotice } from '@/components/connections/eviction-notice';
import { RevocationNotice } from '@/components/connections/revocation-notice';
import { ConnectedNotice } from '@/components/consent/connected-notice';
import { ConnectionCondition } from '@/components/custody/connection-condition';
import { NextStep } from '@/components/custody/next-step';
import { ConnectionBadges } from '@/components/grants/connection-badges';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { listEvictionWarnings } from '@/lib/connections/ledger/queries';
import { findRefusal } from '@/lib/connections/queries';
import { viewerOf } from '../../viewer';
import { disconnectAction, retryRevocationAction } from './actions';
import { requireOwnConnection } from './gate';
import { Attempts, DoctorSection, Forecast, Programs, ProgramUsage } from './grant-sections';
import { olderThan, type Search } from './older-than';
import { Refusal } from './refusal';

export const metadata = { title: 'Connection' };

export default async function ConnectionPage(props: {
  params: Promise<{ id: string }>;
  searchParams: Search;
}) {
  const { ctx, connection } = await requireOwnConnection(props.params);
  const older = await olderThan(props.searchParams);
  const viewer = viewerOf(ctx);
  const refusal = await findRefusal(ctx, connection);
  const warnings = (await listEvictionWarnings(ctx)).filter(
    ({ environmentId, username }) =>
      environmentId === connection.environment.id && username === connection.username,
  );
  return (
    <Page
      above={<BackLink href="/">Connections</BackLink>}
      title={connection.service?.name ?? connection.orgName ?? connection.orgId}
      badge={<ConnectionBadges {...connection} />}
      description={`${connection.userDisplayName} · ${connection.username}`}
      actions={
        <ConnectionActions
          connection={connection}
          readable={refusal === null}
          disconnect={disconnectAction.bind(null, connection.id)}
        />
      }
    >
      <div className="space-y-6">
        <ConnectedNotice connection={connection} viewer={viewer} />
        {refusal ? <Refusal ctx={ctx} viewer={viewer} connection={connection} refusal={refusal} /> : null}
        <ConnectionCondition
          connection={connection}
          viewer={viewer}
          action={refusal ? null : <NextStep connection={connection} isAdmin={ctx.role === 'admin'} />}
        />
        <DoctorSection ctx={ctx} connection={connection} readable={refusal === null} />
        <EvictionNotice warnings={warnings} viewer={viewer} />
        <RevocationNotice
          connection={connection}
          viewer={viewer}
          retry={retryRevocationAction.bind(null, connection.id)}
        />
        <Forecast ctx={ctx} connection={connection} viewer={viewer} />
        <ConnectionFacts
          connection={connection}
          viewer={viewer}
          usedBy={connection.lastUsedByOwner ? 'you' : null}
        />
        <Programs ctx={ctx} connection={connection} />
        <ProgramUsage ctx={ctx} connection={connection} viewer={viewer} />
        <Attempts ctx={ctx} connection={connection} viewer={viewer} older={older} />
      </div>
    </Page>
  );
}
