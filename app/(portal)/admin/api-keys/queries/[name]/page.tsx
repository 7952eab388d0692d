import { notFound } from 'next/navigation';
import { HowToRun } from '@/components/named-queries/how-to-run';
import { QueryBadges } from '@/components/named-queries/query-badges';
import { QueryControls } from '@/components/named-queries/query-controls';
import { QueryForm } from '@/components/named-queries/query-form';
import { QueryReads } from '@/components/named-queries/query-reads';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { Section } from '@/components/states/facts';
import { relativeWords } from '@/components/states/instant';
import { inspectQuery } from '@/lib/broker/named-queries/inspect/inspect-query';
import { getNamedQuery } from '@/lib/broker/named-queries/queries';
import { portalOrigin } from '@/lib/env';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../viewer';
import { changeQueryAction, deleteQueryAction, enableQueryAction, inspectQueryAction } from '../actions';

export const metadata = { title: 'Named query' };

export default async function NamedQueryPage({ params }: { params: Promise<{ name: string }> }) {
  const ctx = await requireCustodian();
  const query = await getNamedQuery(ctx, (await params).name);
  if (!query) notFound();
  const { name, soql, parameters, updatedAt, updatedBy } = query;
  const isAdmin = ctx.role === 'admin';
  const { reads } = await inspectQuery(soql, parameters);
  const changed =
    updatedAt && `Changed ${relativeWords(updatedAt, viewerOf(ctx).now)} by ${updatedBy ?? 'somebody'}.`;
  return (
    <Page
      above={<BackLink href="/admin/api-keys/queries">Named queries</BackLink>}
      title={name}
      badge={<QueryBadges query={query} />}
      description={[query.description, changed].filter(Boolean).join(' ')}
      actions={
        isAdmin ? (
          <QueryControls
            query={query}
            enable={enableQueryAction.bind(null, name)}
            remove={deleteQueryAction.bind(null, name)}
          />
        ) : null
      }
    >
      <div className="space-y-6">
        <HowToRun query={query} portal={portalOrigin()} />
        {isAdmin ? (
          <Section title="The query">
            <QueryForm
              key={updatedAt}
              query={query}
              action={changeQueryAction.bind(null, name)}
              inspect={inspectQueryAction}
            />
          </Section>
        ) : (
          <Section title="The query">
            <pre className="mb-4 overflow-x-auto rounded-lg bg-default p-4 font-mono text-[0.8125rem]">
              {soql}
            </pre>
            <QueryReads reads={reads} />
          </Section>
        )}
      </div>
    </Page>
  );
}
