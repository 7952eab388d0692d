import { Code2, FlaskConical, Hammer, Radio, Sprout } from 'lucide-react';
import type { EnvironmentKind } from '@/lib/environments/types';

const KINDS = {
  production: { label: 'Production', Icon: Radio },
  uat: { label: 'UAT', Icon: FlaskConical },
  sandbox: { label: 'Sandbox', Icon: Hammer },
  developer: { label: 'Developer', Icon: Code2 },
  scratch: { label: 'Scratch', Icon: Sprout },
} satisfies Record<EnvironmentKind, { label: string; Icon: typeof Radio }>;

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
