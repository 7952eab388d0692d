import { KeyRound } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import { CertificatePanel } from '@/components/service/certificate-panel';
import type { KeySource } from '@/components/service/forms/key-choice';
import { RenewForm } from '@/components/service/forms/renew-form';
import { PasswordWarnings } from '@/components/service/salesforce-steps';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import { hasSharedKey } from '@/lib/connections/service/queries';
import type { ServiceConnectionDetail } from '@/lib/connections/service/types';
import type { PersonContext } from '@/lib/context';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { prepareServiceKeyAction, renewServiceAction } from '../actions';

interface CredentialsProps {
  ctx: PersonContext;
  environment: EnvironmentDetail;
  connection: ServiceConnectionDetail;
  viewer: Viewer;
}

/** What a service connection signs in with; never shown, only proved anew or replaced. */
export async function Credentials({ ctx, environment, connection, viewer }: CredentialsProps) {
  const { id, flow, runAs, certificate, nextCertificate } = connection;
  const isJwt = flow === 'jwt_bearer';
  const at = { environmentId: environment.id, except: id };
  const shared: KeySource[] = isJwt && (await hasSharedKey(ctx, at)) ? ['shared'] : [];
  return (
    <Section
      title="Credentials"
      description={
        flow === 'client_credentials'
          ? 'Consumer key and secret of the environment. Try again when something was changed in Salesforce.'
          : 'Sealed in the vault. New ones are stored once Salesforce has given a token for them.'
      }
    >
      <div className="space-y-5">
        {flow === 'password' ? <PasswordWarnings /> : null}
        {certificate ? (
          <CertificatePanel
            certificate={certificate}
            fileName={`orgdock-${environment.slug}.crt`}
            viewer={viewer}
          />
        ) : null}
        <RenewForm
          key={connection.retrievedAt}
          flow={flow}
          username={runAs.username}
          keySources={['current', ...shared, 'own']}
          action={renewServiceAction.bind(null, id)}
        />
        {isJwt && !nextCertificate ? (
          <ActionButton
            variant="secondary"
            icon={<KeyRound aria-hidden="true" />}
            action={prepareServiceKeyAction.bind(null, id)}
          >
            Make a new key pair
          </ActionButton>
        ) : null}
      </div>
    </Section>
  );
}
