import { Code2, FlaskConical, Hammer, Radio, Sprout } from 'lucide-react';
import type { EnvironmentKind } from '@/lib/environments/types';

const KINDS = {
  production: { label: 'Production', Icon: Radio },
  uat: { label: 'UAT', Icon: FlaskConical },
  sandbox: { label: 'Sandbox', Icon: Hammer },
  developer: { label: 'Developer', Icon: Code2 },
  scratch: { label: 'Scratch', Icon: Sprout },
} satisfies Record<EnvironmentKind, { label: string; Icon: typeof Radio }>;

/** An environment by name, marked with its kind; the kind is said only where the name does not say it. */
export function EnvironmentName({ name, kind }: { name: string; kind: EnvironmentKind }) {
  const { label, Icon } = KINDS[kind];
  return (
    <span data-environment={kind} className="flex min-w-0 items-center gap-3">
      <span className="grid size-7 shrink-0 place-items-center rounded-md bg-(--env-soft) text-(--env)">
        <Icon aria-hidden="true" className="size-4" />
      </span>
      <span className="truncate font-medium">{name}</span>
      {name.trim().toLowerCase() === label.toLowerCase() ? null : (
        <span className="shrink-0 text-xs font-normal text-muted">{label}</span>
      )}
    </span>
  );
}

/** The kind of an environment in its own colour, icon and word: production must never be mistaken. */
export function EnvironmentBadge({ kind }: { kind: EnvironmentKind }) {
  const { label, Icon } = KINDS[kind];
  return (
    <span data-environment={kind} className="environment-badge bg-(--env-soft) text-(--env)">
      <Icon aria-hidden="true" className="size-3.5" />
      {label}
    </span>
  );
}
