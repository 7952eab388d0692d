import { notFound } from 'next/navigation';
import { EnvironmentNotices } from '@/components/environments/environment-notices';
import { ExchangeByHand } from '@/components/environments/exchange/exchange-by-hand';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { Section } from '@/components/states/facts';
import { getEnvironment } from '@/lib/environments/queries';
import { requireAdmin } from '@/lib/session/context';
import { exchangeCodeAction } from './actions';

export const metadata = { title: 'Exchange a code by hand' };

export default async function ExchangePage({ params }: { params: Promise<{ slug: string }> }) {
  const ctx = await requireAdmin();
  const environment = await getEnvironment(ctx, (await params).slug);
  if (!environment) notFound();
  const { slug, name, origin, clientId, redirectUri, scopes, hasSecret, clientType } = environment;
  return (
    <Page
      above={<BackLink href={`/admin/environments/${slug}`}>{name}</BackLink>}
      title="Exchange a code by hand"
      badge={<EnvironmentBadge {...environment} />}
      description="Shows what Salesforce answers to an authorization code, when connecting does not work. Nothing is stored: the grant is given back at once."
    >
      <div className="max-w-3xl space-y-6">
        <EnvironmentNotices environment={environment} />
        <Section title="Before you begin">
          <ul className="list-disc space-y-1.5 pl-5 text-pretty">
            <li>
              An authorize URL is for this browser and this test only. Never send one to anybody: to let
              people connect, send the connect link of the environment.
            </li>
            <li>
              Salesforce keeps at most five grants of a user in an app: if this user holds five here, the
              oldest ends. Use a test user.
            </li>
            <li>The secret, the code and the verifier go to the token host of {name} and nowhere else.</li>
          </ul>
        </Section>
        {origin === '' ? (
          <p>This environment has no address yet: enter that of the org first.</p>
        ) : (
          <ExchangeByHand
            app={{
              authorizeUrl: environment.authorizeUrl ?? `${origin}/services/oauth2/authorize`,
              parameters: environment.authorizeParameters,
              clientId,
              redirectUri,
              scopes: scopes.join(' '),
              hasSecret: hasSecret && clientType === 'confidential',
            }}
            typedName={environment.isProduction ? name : null}
            exchange={exchangeCodeAction.bind(null, slug)}
          />
        )}
      </div>
    </Page>
  );
}
