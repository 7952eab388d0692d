import { CircleCheck, CircleHelp, Clock, LoaderCircle } from 'lucide-react';
import type { BreachGrant } from '@/lib/custody/breach/types';

const SUCCESS = 'bg-success-soft text-success-soft-foreground';
const DANGER = 'bg-danger-soft text-danger-soft-foreground';

const OUTCOMES = {
  confirmed: { label: 'Ended for certain', Icon: CircleCheck, tone: SUCCESS },
  ended: { label: 'Had ended before', Icon: CircleCheck, tone: SUCCESS },
  unsendable: { label: 'Not sent', Icon: CircleHelp, tone: DANGER },
  gave_up: { label: 'Not confirmed', Icon: CircleHelp, tone: DANGER },
  waiting: { label: 'Waiting', Icon: Clock, tone: 'bg-warning-soft text-warning-soft-foreground' },
  revoking: { label: 'Revoking', Icon: LoaderCircle, tone: 'bg-accent-soft text-accent-soft-foreground' },
};

/** What became of a grant, by icon and word. */
export function OutcomeBadge({ grant: { outcome, nextAt } }: { grant: BreachGrant }) {
  const standing = outcome ?? (nextAt === null ? 'revoking' : 'waiting');
  const { label, Icon, tone } = OUTCOMES[standing];
  return (
    <span
      data-outcome={standing}
      className={`inline-flex items-center gap-1 rounded-md px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap ${tone}`}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}
