import { ShieldCheck, UserRound, View } from 'lucide-react';
import type { Role } from '@/lib/context';

const ROLES = {
  admin: { label: 'Administrator', Icon: ShieldCheck, tone: 'bg-accent-soft text-accent-soft-foreground' },
  auditor: { label: 'Auditor', Icon: View, tone: 'bg-warning-soft text-warning-soft-foreground' },
  member: { label: 'Member', Icon: UserRound, tone: 'bg-default text-default-foreground' },
} satisfies Record<Role, { label: string; Icon: typeof View; tone: string }>;

const BADGE =
  'inline-flex items-center gap-1 rounded-md px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap';

/** A role by icon and word. */
export function RoleBadge({ role }: { role: Role }) {
  const { label, Icon, tone } = ROLES[role];
  return (
    <span className={`${BADGE} ${tone}`}>
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}

/** Somebody who may not sign in any more. */
export function DeactivatedBadge() {
  return <span className={`${BADGE} bg-danger-soft text-danger-soft-foreground`}>Deactivated</span>;
}
