import { Ban, CircleCheck, Hourglass, UserX } from 'lucide-react';
import type { ApiKey } from '@/lib/broker/types';

const STATES = {
  active: { label: 'Active', Icon: CircleCheck, tone: 'bg-success-soft text-success-soft-foreground' },
  expired: { label: 'Expired', Icon: Hourglass, tone: 'bg-warning-soft text-warning-soft-foreground' },
  revoked: { label: 'Revoked', Icon: Ban, tone: 'bg-default text-muted' },
  owner_inactive: {
    label: 'Owner inactive',
    Icon: UserX,
    tone: 'bg-warning-soft text-warning-soft-foreground',
  },
} satisfies Record<ApiKey['state'], { label: string; Icon: typeof Ban; tone: string }>;

/** Whether a key works, by icon and word. */
export function KeyStateBadge({ state }: Pick<ApiKey, 'state'>) {
  const { label, Icon, tone } = STATES[state];
  return (
    <span
      data-state={state}
      className={`inline-flex items-center gap-1 rounded-md px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap ${tone}`}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}
