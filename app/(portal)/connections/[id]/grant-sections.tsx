import { ConnectionUsageSection } from '@/components/api-keys/usage/connection-usage';
import { AttemptsSection } from '@/components/custody/attempts-section';
import { ForecastCard, isAlive } from '@/components/custody/forecast-card';
import { KeepAliveSwitch } from '@/components/custody/keep-alive-switch';
import { DoctorToggle } from '@/components/doctor/doctor-toggle';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { ForPrograms } from '@/components/programs/for-programs';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import { listUsageByKey } from '@/lib/broker/usage/queries';
import { listAttempts } from '@/lib/connections/custody/queries';
import { getForecast } from '@/lib/connections/keep-alive/queries';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { diagnoseConnection } from '@/lib/doctor/diagnose-connection';
import { changeServiceAliasAction } from '../../admin/connections/actions';
import { changeAliasAction, setKeepAliveAction } from './actions';
import { askOrgAboutConnectionAction, retestConnectionAction } from './doctor/actions';
import { ConnectionApproval } from './doctor/approval';

interface GrantSectionProps {
  ctx: PersonContext;
  connection: AuthorisedConnection;
  viewer: Viewer;
}

/** When the grant ends, with the switch of keep-alive. A service connection's has no end that a refresh puts off. */
export async function Forecast({ ctx, connection, viewer }: GrantSectionProps) {
  const { id, health, service } = connection;
  if (service || !isAlive(health)) return null;
  const forecast = await getForecast(ctx, id);
  const keepAlive = <KeepAliveSwitch on={forecast.keepAlive} action={setKeepAliveAction.bind(null, id)} />;
  return <ForecastCard forecast={forecast} viewer={viewer} keepAlive={keepAlive} />;
}

/** What was done with the grant; of a service connection only its administrators see that. */
export async function Attempts(props: GrantSectionProps & { older: string | null }) {
  const { ctx, connection, viewer, older } = props;
  if (connection.service) return null;
  const page = await listAttempts(ctx, connection.id, older);
  return (
    <AttemptsSection
      page={page}
      href={`/connections/${connection.id}`}
      isOlder={older !== null}
      viewer={viewer}
    />
  );
}

/** Which API keys used the connection. */
export async function ProgramUsage({ ctx, connection, viewer }: GrantSectionProps) {
  const usage = await listUsageByKey(ctx, connection.id);
  return <ConnectionUsageSection usage={usage} personId={ctx.personId} viewer={viewer} />;
}

/** The Doctor of a connection’s page: opened on demand where something is wrong, else the way to a test. */
export async function DoctorSection(props: Omit<GrantSectionProps, 'viewer'> & { readable: boolean }) {
  const { ctx, connection, readable } = props;
  const { id, health } = connection;
  const diagnosis = await diagnoseConnection(ctx, connection);
  if (!diagnosis) {
    if (health !== 'healthy' || !readable) return null;
    return (
      <p>
        <LinkButton href={`/connections/${id}/doctor`} variant="ghost" size="sm">
          Test this connection
        </LinkButton>
      </p>
    );
  }
  return (
    <DoctorToggle>
      <LiveDoctor
        diagnosis={diagnosis}
        {...(readable ? { retest: retestConnectionAction.bind(null, id) } : {})}
        askOrg={askOrgAboutConnectionAction.bind(null, id)}
        approval={<ConnectionApproval ctx={ctx} connection={connection} readable={readable} />}
      />
    </DoctorToggle>
  );
}

/** What programs call the connection by. Of a service connection administrators decide that. */
export function Programs({ ctx, connection }: Omit<GrantSectionProps, 'viewer'>) {
  const { id, purpose, service } = connection;
  if (purpose === 'bootstrap') return null;
  const change = service ? changeServiceAliasAction : changeAliasAction;
  const may = service === null || ctx.role === 'admin';
  return <ForPrograms connection={connection} {...(may ? { changeAlias: change.bind(null, id) } : {})} />;
}
