import { AttemptsSection } from '@/components/custody/attempts-section';
import { ForecastCard, isAlive } from '@/components/custody/forecast-card';
import { KeepAliveSwitch } from '@/components/custody/keep-alive-switch';
import type { Viewer } from '@/components/states/instant';
import { listAttempts } from '@/lib/connections/custody/queries';
import { getForecast } from '@/lib/connections/keep-alive/queries';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { setKeepAliveAction } from './actions';

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
