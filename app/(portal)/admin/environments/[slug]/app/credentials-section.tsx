import { CredentialsForm } from '@/components/app-assistant/credentials-form';
import { CONSUMER_PATH } from '@/components/app-assistant/words';
import { CopyField } from '@/components/forms/copy-field';
import { Facts, Section } from '@/components/states/facts';
import type { AppEnvironment } from '@/lib/provisioning/app-pack/types';
import type { Deployment } from '@/lib/provisioning/deployment/types';
import { enterAppCredentialsAction } from './actions';

interface CredentialsSectionProps {
  app: AppEnvironment;
  deployment: Deployment | null;
  isAdmin: boolean;
}

/** Key and secret, read from the org or copied from Setup. */
export function CredentialsSection({ app, deployment, isAdmin }: CredentialsSectionProps) {
  const { slug, clientId, clientType, hasSecret, appType, status } = app;
  const isPublic = clientType === 'public';
  const waitingKey = deployment?.waitingKey ?? null;
  const refused = deployment?.credentials === 'key_only' || deployment?.credentials === 'refused';
  const missing = waitingKey !== null || (refused && !hasSecret);
  return (
    <Section
      title="Key and secret"
      description={
        status === 'draft'
          ? 'With both, this environment leaves its draft and can be connected.'
          : 'What this environment proves itself with at the org.'
      }
    >
      <div className="space-y-4">
        {waitingKey === null ? null : (
          <div role="note" className="space-y-3 rounded-lg border border-border p-4">
            <p>
              The org’s app has a new key, and this environment still uses the one before. Copy the secret of
              the new key from Setup and store both together: everybody connects anew then.
            </p>
            <CopyField label="New consumer key" value={waitingKey} />
            <CopyField label="Consumer key in use" value={clientId} />
          </div>
        )}
        {missing && !isPublic ? (
          <div role="note" className="rounded-lg bg-warning-soft px-3.5 py-2.5 text-warning-soft-foreground">
            <p>
              The org keeps the secret to itself. To have it read next time, switch on “Allow access to
              External Client App consumer secrets via REST API” (Setup → External Client App Settings), and
              give your Salesforce user the permission “View Client Secret”. Or copy it here.
            </p>
          </div>
        ) : null}
        <p className="text-[0.8125rem] text-muted">
          Where: {CONSUMER_PATH[appType]}. Salesforce sends a code by e-mail first (identity verification
          step). A new app works after 2 to 10 minutes.
        </p>
        {isAdmin ? (
          <CredentialsForm
            clientId={clientId}
            waitingKey={waitingKey}
            hasSecret={hasSecret}
            isPublic={isPublic}
            action={enterAppCredentialsAction.bind(null, slug)}
          />
        ) : (
          <Facts
            facts={[
              { label: 'Consumer key', value: clientId || 'None yet' },
              {
                label: 'Consumer secret',
                value: isPublic ? 'None: a public client' : hasSecret ? 'Stored' : 'None yet',
              },
            ]}
          />
        )}
      </div>
    </Section>
  );
}
