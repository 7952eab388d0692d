import { RotateCw, Server } from 'lucide-react';
import { reconnectPlace } from '@/components/connections/reconnect-place';
import { ConsentButton } from '@/components/consent/consent-button';
import { LinkButton } from '@/components/states/link-button';
import type { ConnectionDetail } from '@/lib/connections/types';

interface NextStepProps {
  connection: ConnectionDetail;
  isAdmin: boolean;
}

/** The one button that takes the next step; none where it is taken in Salesforce, or by somebody else. */
export function NextStep({ connection, isAdmin }: NextStepProps) {
  const { id, environment, problem } = connection;
  if (problem?.cause?.step === 'environment' && isAdmin) {
    return (
      <LinkButton href={`/admin/environments/${environment.slug}`} variant="secondary">
        <Server aria-hidden="true" />
        Open the environment
      </LinkButton>
    );
  }
  if (reconnectPlace(connection) !== 'card') return null;
  return (
    <ConsentButton
      request={{
        environment: environment.slug,
        intent: 'connect',
        reconnect: id,
        callbackUrl: `/connections/${id}`,
      }}
      variant="primary"
      icon={<RotateCw aria-hidden="true" />}
    >
      Reconnect
    </ConsentButton>
  );
}
