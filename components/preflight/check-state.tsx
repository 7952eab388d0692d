import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import type { CheckState } from '@/lib/provisioning/preflight/types';
import { STATE_WORDS } from './check-words';

const LOOKS = {
  green: { Icon: CircleCheck, tone: 'bg-success-soft text-success-soft-foreground' },
  amber: { Icon: CircleAlert, tone: 'bg-warning-soft text-warning-soft-foreground' },
  red: { Icon: CircleX, tone: 'bg-danger-soft text-danger-soft-foreground' },
} satisfies Record<CheckState, { Icon: typeof CircleX; tone: string }>;

/** The state of a check by icon and word, never by colour alone. */
export function CheckStateBadge({ state }: { state: CheckState }) {
  const { Icon, tone } = LOOKS[state];
  return (
    <span
      data-state={state}
      className={`inline-flex items-center gap-1 rounded-md px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap ${tone}`}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {STATE_WORDS[state]}
    </span>
  );
}
