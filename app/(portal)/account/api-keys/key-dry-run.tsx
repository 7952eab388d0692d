import { Unplug } from 'lucide-react';
import { notFound } from 'next/navigation';
import { DryRunPanel } from '@/components/api-keys/dry-run/dry-run-panel';
import { PolicyWords } from '@/components/api-keys/policy-words';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { Section } from '@/components/states/facts';
import { beginDryRun } from '@/lib/broker/dry-run/schema';
import { listKeyChoices } from '@/lib/broker/keys/names';
import { getKey } from '@/lib/broker/keys/queries';
import { listNamedQueries } from '@/lib/broker/named-queries/queries';
import type { PersonContext } from '@/lib/context';
import { dryRunAction } from './actions';

interface DryRunPageProps {
  ctx: PersonContext;
  id: string;
  base: string;
  search: Record<string, string | string[] | undefined>;
}

/** Would this call be allowed, and why? */
export async function KeyDryRunPage({ ctx, id, base, search }: DryRunPageProps) {
  const detail = await getKey(ctx, id);
  if (!detail) notFound();
  const { key, names } = detail;
  const [{ connections }, queries] = await Promise.all([
    listKeyChoices(ctx, key.owner.id),
    listNamedQueries(ctx),
  ]);
  return (
    <Page
      above={<BackLink href={`${base}/${key.id}`}>{key.name}</BackLink>}
      title="Dry run"
      description="Would this call be allowed, and why? Nothing is called: Salesforce is asked at most what objects look like, and only where the policy limits objects."
    >
      <div className="space-y-6">
        {connections.length === 0 ? (
          <EmptyState Icon={Unplug} title="No connection to try">
            The owner of the key has no connection that works. Every call would be refused.
          </EmptyState>
        ) : (
          <DryRunPanel
            begin={beginDryRun(search)}
            connections={connections}
            queries={queries.map(({ name, description, parameters, enabled }) => ({
              ...{ name, description, parameters, enabled },
            }))}
            run={dryRunAction.bind(null, key.id)}
          />
        )}
        <Section title={`What “${key.name}” may do`}>
          <PolicyWords policy={key.policy} names={names} />
        </Section>
      </div>
    </Page>
  );
}
