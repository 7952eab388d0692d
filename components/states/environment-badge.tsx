import { Code2, FlaskConical, Hammer, Radio, Sprout } from 'lucide-react';
import type { EnvironmentColor, EnvironmentKind, EnvironmentStatus } from '@/lib/environments/types';

const KINDS = {
  production: { label: 'Production', Icon: Radio },
  uat: { label: 'UAT', Icon: FlaskConical },
  sandbox: { label: 'Sandbox', Icon: Hammer },
  developer: { label: 'Developer', Icon: Code2 },
  scratch: { label: 'Scratch', Icon: Sprout },
} satisfies Record<EnvironmentKind, { label: string; Icon: typeof Radio }>;

interface Marks {
  kind: EnvironmentKind;
  /** Null or left out: the colour of its kind. */
  color?: EnvironmentColor | null | undefined;
  status?: EnvironmentStatus | undefined;
}

/** An environment by name, marked with its kind; the kind is said only where the name does not say it. */
export function EnvironmentName({ name, kind, color, status }: Marks & { name: string }) {
  const { label, Icon } = KINDS[kind];
  return (
    <span data-environment={kind} data-color={color ?? undefined} className="flex min-w-0 items-center gap-3">
      <span className="grid size-7 shrink-0 place-items-center rounded-md bg-(--env-soft) text-(--env)">
        <Icon aria-hidden="true" className="size-4" />
      </span>
      <span className="truncate font-medium">{name}</span>
      {name.trim().toLowerCase() === label.toLowerCase() ? null : (
        <span className="shrink-0 text-xs font-normal text-muted">{label}</span>
      )}
      <StatusWord status={status} />
    </span>
  );
}

/** The kind of an environment in its colour, with icon and word: production must never be mistaken. */
export function EnvironmentBadge({
  kind,
  color,
  status,
  isProduction = false,
}: Marks & { isProduction?: boolean }) {
  const { label, Icon } = KINDS[kind];
  return (
    <>
      <span
        data-environment={kind}
        data-color={color ?? undefined}
        className="environment-badge bg-(--env-soft) text-(--env)"
      >
        <Icon aria-hidden="true" className="size-3.5" />
        {isProduction && kind !== 'production' ? `${label}, production` : label}
      </span>
      <StatusWord status={status} />
    </>
  );
}

/** Said only of what is not in use. */
function StatusWord({ status }: Pick<Marks, 'status'>) {
  if (status !== 'draft' && status !== 'disabled') return null;
  return (
    <span className="environment-badge bg-default text-muted">
      {status === 'draft' ? 'Draft' : 'Disabled'}
    </span>
  );
}
