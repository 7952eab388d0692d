import { Pin } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { Section } from '@/components/states/facts';
import type { EnvironmentDetail } from '@/lib/environments/types';

interface ExpectedOrgProps {
  environment: EnvironmentDetail;
  /** Pins the org of this id, as it was seen on the page. Null: may look only. */
  pin: ((orgId: string) => Promise<ActionResult>) | null;
}

/** The one org that this environment may lead to. Any other is refused, and its grant revoked. */
export function ExpectedOrg({ environment, pin }: ExpectedOrgProps) {
  const { expectedOrg, proposedOrg } = environment;
  const other = proposedOrg !== null && proposedOrg.id !== expectedOrg?.id ? proposedOrg : null;
  return (
    <Section
      title="Expected org"
      description="A consent that comes back from any other org is refused with both names, and its grant is revoked."
    >
      <div className="space-y-4">
        {expectedOrg ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-surface-secondary px-3.5 py-2.5">
            <Pin aria-hidden="true" className="size-4 text-muted" />
            <span className="font-medium">{expectedOrg.name ?? 'Name not known'}</span>
            <code className="font-mono text-[0.8125rem] text-muted">{expectedOrg.id}</code>
          </p>
        ) : (
          <p className="text-muted">
            {other
              ? 'Not pinned yet. A member’s consent proposed this org:'
              : 'Not pinned yet. The first consent proposes an org; an administrator’s consent pins it.'}
          </p>
        )}
        {other ? (
          <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-border px-3.5 py-2.5">
            <p>
              <span className="font-medium">{other.name ?? 'Name not known'}</span>{' '}
              <code className="font-mono text-[0.8125rem] text-muted">{other.id}</code>
            </p>
            {pin ? (
              <ActionButton
                variant="secondary"
                size="sm"
                icon={<Pin aria-hidden="true" />}
                action={pin.bind(null, other.id)}
              >
                Pin this org
              </ActionButton>
            ) : null}
          </div>
        ) : null}
      </div>
    </Section>
  );
}
