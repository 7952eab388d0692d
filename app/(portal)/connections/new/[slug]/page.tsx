import { notFound } from 'next/navigation';
import { EnvironmentList } from '@/components/connections/connect-panel';
import { NothingToConnect } from '@/components/connections/nothing-to-connect';
import { ConsentPreview } from '@/components/consent/consent-preview';
import { Page } from '@/components/shell/page';
import { ProblemCard } from '@/components/states/problem-card';
import { listEvictionWarnings } from '@/lib/connections/ledger/queries';
import { readConsentScopes } from '@/lib/consent/queries';
import { findDisabledEnvironment, listConnectableEnvironments } from '@/lib/environments/queries';
import { toProblem } from '@/lib/errors';
import { listForbiddenEnvironments } from '@/lib/people/access/queries';
import { environmentDisabled } from '@/lib/people/access/refusals';
import { requireContext } from '@/lib/session/context';
import { Forbidden } from '../../../forbidden-section';
import { viewerOf } from '../../../viewer';

export const metadata = { title: 'Connect' };

/** Where an environment’s address for members leads: one environment, who will hold the grant, and the button. A link alone starts nothing. */
export default async function ConnectPage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireContext();
  const { slug } = await params;
  const viewer = viewerOf(ctx);
  const environment = (await listConnectableEnvironments(ctx)).find((one) => one.slug === slug);
  const forbidden = environment ? [] : await listForbiddenEnvironments(ctx);
  const closed = forbidden.find((one) => one.slug === slug);
  const disabled = environment ? null : await findDisabledEnvironment(ctx, slug);
  if (!environment && !closed && !disabled && ctx.role !== 'auditor') notFound();
  return (
    <Page
      title={environment ? `Connect ${environment.name}` : 'Connect'}
      description={
        environment
          ? `You are signed in as ${ctx.displayName}: the grant will be yours, and nobody else reads records through it.`
          : `You are signed in as ${ctx.displayName}.`
      }
    >
      {environment ? (
        <div className="space-y-6">
          <section className="max-w-3xl space-y-4 rounded-xl bg-surface p-5 shadow-surface sm:p-7">
            <p className="text-muted">
              Salesforce asks you to log in and to allow Orgdock. Choose the Salesforce user whose records you
              want to read; the same user again renews a connection.
            </p>
            <EnvironmentList
              environments={[environment]}
              warnings={await listEvictionWarnings(ctx)}
              viewer={viewer}
            />
          </section>
          <ConsentPreview environment={environment} scopes={await readConsentScopes(ctx, slug)} />
        </div>
      ) : disabled ? (
        <ProblemCard problem={toProblem(environmentDisabled(disabled.name))} />
      ) : closed ? (
        <Forbidden ctx={ctx} viewer={viewer} only={closed.id} />
      ) : (
        <NothingToConnect />
      )}
    </Page>
  );
}
