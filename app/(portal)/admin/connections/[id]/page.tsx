import { notFound } from 'next/navigation';
import { ConnectionFacts } from '@/components/connections/connection-facts';
import { RevocationNotice } from '@/components/connections/revocation-notice';
import { AttemptsSection } from '@/components/custody/attempts-section';
import { ConnectionCondition } from '@/components/custody/connection-condition';
import { ForecastCard, isAlive } from '@/components/custody/forecast-card';
import { ConnectionBadges } from '@/components/grants/connection-badges';
import { RevokeGrant } from '@/components/grants/revoke-grant';
import { ForPrograms } from '@/components/programs/for-programs';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { viewCustody } from '@/lib/connections/custody/queries';
import { requireCustodian } from '@/lib/session/context';
import { olderThan, type Search } from '../../../connections/[id]/older-than';
import { viewerOf } from '../../../viewer';
import { changeServiceAliasAction, revokeConnectionAction } from '../actions';
import { UsageSection } from './usage-section';

export const metadata = { title: 'Custody' };

export default async function GrantPage(props: { params: Promise<{ id: string }>; searchParams: Search }) {
  const ctx = await requireCustodian();
  const { id } = await props.params;
  const older = await olderThan(props.searchParams);
  const custody = await viewCustody(ctx, id, older);
  if (!custody) notFound();
  const { connection, owner, name, lastUsedBy, forecast, attempts } = custody;
  const { health } = connection;
  const viewer = viewerOf(ctx);
  const changeAlias = changeServiceAliasAction.bind(null, id);
  const held = health !== 'revoking' && health !== 'disconnected';
  return (
    <Page
      above={<BackLink href="/admin/connections">All connections</BackLink>}
      title={connection.orgName ?? connection.orgId}
      badge={<ConnectionBadges {...connection} />}
      description={`Held by ${owner ?? name ?? 'the portal'} as ${connection.username}`}
      actions={
        held && ctx.role === 'admin' ? (
          <RevokeGrant custody={custody} revoke={revokeConnectionAction.bind(null, id)} />
        ) : null
      }
    >
      <div className="space-y-6">
        <ConnectionCondition connection={connection} viewer={viewer} holder={owner} />
        <RevocationNotice connection={connection} viewer={viewer} />
        {isAlive(health) ? <ForecastCard forecast={forecast} viewer={viewer} /> : null}
        <ConnectionFacts connection={connection} viewer={viewer} usedBy={lastUsedBy} />
        <ForPrograms
          connection={connection}
          {...(connection.service && held && ctx.role === 'admin' ? { changeAlias } : {})}
        />
        <UsageSection ctx={ctx} connectionId={id} viewer={viewer} />
        <AttemptsSection
          page={attempts}
          href={`/admin/connections/${id}`}
          isOlder={older !== null}
          viewer={viewer}
        />
      </div>
    </Page>
  );
}
