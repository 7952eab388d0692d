import { AlertList } from '@/components/alerts/alert-list';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import type { PersonContext } from '@/lib/context';
import { listOpenAlerts } from '@/lib/custody/usage/queries';
import { settleAlertAction } from './actions';

/** Alerts that nobody has seen to, above the list of all grants; nothing when there are none. */
export async function AlertsSection({ ctx, viewer }: { ctx: PersonContext; viewer: Viewer }) {
  const { alerts, total } = await listOpenAlerts(ctx);
  if (total === 0) return null;
  return (
    <div className="mb-6">
      <Section
        title={`Unusual reading (${total})`}
        description="More rows than usual, or reading outside the hours of an environment. Ask who read, and revoke the grant when nobody can say."
      >
        <AlertList
          alerts={alerts}
          viewer={viewer}
          withGrant
          settle={ctx.role === 'admin' ? settleAlertAction : null}
        />
      </Section>
    </div>
  );
}
