import { AlertList } from '@/components/alerts/alert-list';
import { UsageChart } from '@/components/alerts/usage-chart';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import type { PersonContext } from '@/lib/context';
import { listAlertsOf, readUsage } from '@/lib/custody/usage/queries';
import { settleAlertAction } from '../actions';

interface UsageSectionProps {
  ctx: PersonContext;
  connectionId: string;
  viewer: Viewer;
}

/** How much was read through a grant, and what of it was out of the ordinary; never what. */
export async function UsageSection({ ctx, connectionId, viewer }: UsageSectionProps) {
  const [days, alerts] = await Promise.all([
    readUsage(ctx, connectionId, viewer.timeZone),
    listAlertsOf(ctx, connectionId),
  ]);
  return (
    <>
      {alerts.length > 0 ? (
        <Section title="Alerts" description="Reading through this grant that was out of the ordinary.">
          <AlertList
            alerts={alerts}
            viewer={viewer}
            withGrant={false}
            settle={ctx.role === 'admin' ? settleAlertAction : null}
          />
        </Section>
      ) : null}
      <Section title="Rows read" description="How many rows were read through this grant, not which.">
        <UsageChart days={days} viewer={viewer} />
      </Section>
    </>
  );
}
