import { notFound } from 'next/navigation';
import { FlowChoices } from '@/components/service/flow-choices';
import { FLOWS } from '@/components/service/flow-words';
import { CreateForm } from '@/components/service/forms/create-form';
import { PasswordWarnings, SalesforceSteps } from '@/components/service/salesforce-steps';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { Section } from '@/components/states/facts';
import { LinkButton } from '@/components/states/link-button';
import { hasSharedKey } from '@/lib/connections/service/queries';
import type { ServiceFlow } from '@/lib/connections/types';
import { isPasswordFlowAllowed } from '@/lib/environments/password-flow';
import { getEnvironment } from '@/lib/environments/queries';
import { requireAdmin } from '@/lib/session/context';
import { createServiceAction } from '../actions';

export const metadata = { title: 'Add service connection' };

interface NewServicePageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ flow?: string | string[] }>;
}

export default async function NewServicePage({ params, searchParams }: NewServicePageProps) {
  const ctx = await requireAdmin();
  const environment = await getEnvironment(ctx, (await params).slug);
  if (!environment) notFound();
  const { slug, name, id, runAsUsername } = environment;
  const flows: ServiceFlow[] = ['jwt_bearer', 'client_credentials'];
  if (await isPasswordFlowAllowed(ctx, slug)) flows.push('password');
  const wanted = (await searchParams).flow;
  const flow = flows.find((one) => one === wanted);
  const shared = flow === 'jwt_bearer' && (await hasSharedKey(ctx, { environmentId: id, except: null }));
  return (
    <Page
      above={
        flow ? (
          <BackLink href={`/admin/environments/${slug}/service/new`}>Other flows</BackLink>
        ) : (
          <BackLink href={`/admin/environments/${slug}`}>{name}</BackLink>
        )
      }
      title={flow ? FLOWS[flow].label : 'Add service connection'}
      badge={<EnvironmentBadge {...environment} />}
      description={
        flow ? FLOWS[flow].advice : 'How does it sign in to Salesforce? None of these needs a person.'
      }
    >
      <div className="max-w-3xl space-y-6">
        {flow === 'password' ? <PasswordWarnings /> : null}
        {flow ? (
          <>
            <Section title="In Salesforce">
              <SalesforceSteps flow={flow} />
            </Section>
            <Section title="In Orgdock" description={FLOWS[flow].summary}>
              <CreateForm
                flow={flow}
                runAs={runAsUsername}
                keySources={shared ? ['shared', 'make', 'own'] : ['make', 'own']}
                action={createServiceAction.bind(null, slug)}
                secondary={
                  <LinkButton href={`/admin/environments/${slug}`} variant="ghost">
                    Cancel
                  </LinkButton>
                }
              />
            </Section>
          </>
        ) : (
          <FlowChoices slug={slug} flows={flows} />
        )}
      </div>
    </Page>
  );
}
