import { CircleCheck, CircleHelp, CircleSlash, LoaderCircle, TriangleAlert, Unplug } from 'lucide-react';
import type { Health } from '@/lib/connections/types';

const HEALTH = {
  healthy: { label: 'Healthy', Icon: CircleCheck, tone: 'bg-success-soft text-success-soft-foreground' },
  app_refused: {
    label: 'App refused',
    Icon: TriangleAlert,
    tone: 'bg-warning-soft text-warning-soft-foreground',
  },
  refreshing: { label: 'Refreshing', Icon: LoaderCircle, tone: 'bg-accent-soft text-accent-soft-foreground' },
  unknown: {
    label: 'Outcome unknown',
    Icon: CircleHelp,
    tone: 'bg-warning-soft text-warning-soft-foreground',
  },
  needs_reconnect: {
    label: 'Needs reconnect',
    Icon: TriangleAlert,
    tone: 'bg-danger-soft text-danger-soft-foreground',
  },
  revoking: { label: 'Revoking', Icon: CircleSlash, tone: 'bg-warning-soft text-warning-soft-foreground' },
  disconnected: { label: 'Disconnected', Icon: Unplug, tone: 'bg-default text-default-foreground' },
} satisfies Record<Health, { label: string; Icon: typeof Unplug; tone: string }>;

/** Health by icon and word, never by colour alone. */
export function HealthBadge({ health }: { health: Health }) {
  const { label, Icon, tone } = HEALTH[health];
  return (
    <span
      data-health={health}
      className={`inline-flex items-center gap-1 rounded-md px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap ${tone}`}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}
