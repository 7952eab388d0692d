import { Hourglass } from 'lucide-react';
import { HealthBadge } from '@/components/states/health-badge';
import type { ServiceConnectionSummary } from '@/lib/connections/service/types';

/** The health of a service connection, or that it waits for its certificate. */
export function ServiceState({ prepared, health }: Pick<ServiceConnectionSummary, 'prepared' | 'health'>) {
  if (!prepared) return <HealthBadge health={health} />;
  return (
    <span className="inline-flex items-center gap-1 rounded-md bg-warning-soft px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap text-warning-soft-foreground">
      <Hourglass aria-hidden="true" className="size-3.5" />
      Waits for its certificate
    </span>
  );
}
