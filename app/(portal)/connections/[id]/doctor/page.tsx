import { NextStep } from '@/components/custody/next-step';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { EnvironmentNotices } from '@/components/environments/environment-notices';
import { ConnectionBadges } from '@/components/grants/connection-badges';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { findRefusal } from '@/lib/connections/queries';
import { diagnoseConnection } from '@/lib/doctor/diagnose-connection';
import { requireOwnConnection } from '../gate';
import { askOrgAboutConnectionAction, retestConnectionAction } from './actions';
import { ConnectionApproval } from './approval';

export const metadata = { title: 'Connection Doctor' };

const DESCRIPTION =
  'Why this connection fails, how sure that is, and the way out. A test is one call for data; it never spends a refresh token of its own.';

export default async function ConnectionDoctorPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, connection } = await requireOwnConnection(params);
  const { id, environment } = connection;
  const diagnosis = await diagnoseConnection(ctx, connection);
  const refusal = await findRefusal(ctx, connection);
  return (
    <Page
      above={<BackLink href={`/connections/${id}`}>Connection</BackLink>}
      title="Connection Doctor"
      badge={<ConnectionBadges {...connection} />}
      description={DESCRIPTION}
    >
      <div className="max-w-3xl space-y-6">
        <EnvironmentNotices environment={environment} />
        <LiveDoctor
          diagnosis={diagnosis}
          {...(refusal ? {} : { retest: retestConnectionAction.bind(null, id) })}
          askOrg={askOrgAboutConnectionAction.bind(null, id)}
          approval={<ConnectionApproval ctx={ctx} connection={connection} readable={refusal === null} />}
          again={
            refusal || connection.service ? null : (
              <NextStep connection={connection} isAdmin={ctx.role === 'admin'} />
            )
          }
        />
      </div>
    </Page>
  );
}
