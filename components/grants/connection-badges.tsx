import { ServiceBadge } from '@/components/service/service-badge';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { HealthBadge } from '@/components/states/health-badge';
import type { ConnectionDetail } from '@/lib/connections/types';
import { SetUpBadge } from './set-up-badge';

type Badged = Pick<ConnectionDetail, 'environment' | 'service' | 'purpose' | 'health'>;

/** Beside the name of a connection: where it is, what it is for, how it is. */
export function ConnectionBadges({ environment, service, purpose, health }: Badged) {
  return (
    <>
      <EnvironmentBadge {...environment} />
      {service ? <ServiceBadge /> : null}
      {purpose === 'bootstrap' ? <SetUpBadge /> : null}
      <HealthBadge health={health} />
    </>
  );
}
