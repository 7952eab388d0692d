import { CertificatePanel } from '@/components/service/certificate-panel';
import { ConnectForm } from '@/components/service/forms/renew-form';
import { SalesforceSteps } from '@/components/service/salesforce-steps';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import type { ServiceConnectionDetail } from '@/lib/connections/service/types';
import { renewServiceAction } from '../actions';

interface NextKeyProps {
  connection: ServiceConnectionDetail;
  slug: string;
  viewer: Viewer;
}

/** A key that waits: its certificate, what to do with it in Salesforce, and taking it into use. */
export function NextKey({ connection, slug, viewer }: NextKeyProps) {
  const { id, prepared, nextCertificate, runAs } = connection;
  if (!nextCertificate) return null;
  return (
    <Section
      title={prepared ? 'Upload the certificate, then connect' : 'A new key waits'}
      description={
        prepared
          ? 'This page stays as it is: come back when Salesforce has the certificate.'
          : 'The key of now signs until you take the new one into use, for every JWT bearer connection of this app.'
      }
    >
      <div className="space-y-5">
        <CertificatePanel certificate={nextCertificate} fileName={`orgdock-${slug}.crt`} viewer={viewer} />
        <SalesforceSteps flow="jwt_bearer" />
        <ConnectForm
          username={runAs.username}
          replaces={!prepared}
          action={renewServiceAction.bind(null, id)}
        />
      </div>
    </Section>
  );
}
