import { CircleCheck } from 'lucide-react';
import { EnvironmentName } from '@/components/states/environment-badge';
import { Facts } from '@/components/states/facts';
import type { UsedLink } from '@/lib/consent/links/types';
import { TakeBack } from './take-back';

/** What the visitor has just given to whom. */
export function LinkUsed({ used }: { used: UsedLink }) {
  const { holder, portal, environment, org, username } = used;
  return (
    <div className="space-y-7">
      <div role="status" className="flex gap-3.5">
        <CircleCheck aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-success-soft-foreground" />
        <div>
          <h1 className="text-xl font-semibold tracking-tight">Thank you, that is done</h1>
          <p className="mt-1.5 text-muted">
            {holder} holds the connection now. You can close this page; the link works no more.
          </p>
        </div>
      </div>
      <Facts
        facts={[
          { label: 'Environment', value: <EnvironmentName {...environment} /> },
          { label: 'Held by', value: `${holder}, at ${portal}` },
          ...(org === null ? [] : [{ label: 'Salesforce org', value: org.name ?? org.id }]),
          ...(username === null ? [] : [{ label: 'Acts as', value: username }]),
        ]}
      />
      <TakeBack holder={holder} />
    </div>
  );
}
