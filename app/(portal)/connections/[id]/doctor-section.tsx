import { DoctorToggle } from '@/components/doctor/doctor-toggle';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { LinkButton } from '@/components/states/link-button';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { diagnoseConnection } from '@/lib/doctor/diagnose-connection';
import { askOrgAboutConnectionAction, retestConnectionAction } from './doctor/actions';

interface DoctorSectionProps {
  ctx: PersonContext;
  connection: AuthorisedConnection;
  readable: boolean;
}

/** The Doctor of a connection’s page: opened on demand where something is wrong, else the way to a test. */
export async function DoctorSection({ ctx, connection, readable }: DoctorSectionProps) {
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
      />
    </DoctorToggle>
  );
}
