import type { EnvironmentDetail } from '@/lib/environments/types';

/** Ways in which connections get their tokens: by a person's consent, or one of the flows without a person. */
export type ConnectionFlow = 'authorization_code' | 'jwt_bearer' | 'client_credentials' | 'password';

/** An environment with what stands in custody there. Numbers only: nobody's grant is named. */
export interface EnvironmentOverview extends EnvironmentDetail {
  connections: { healthy: number; needsAttention: number; ended: number };
  /** Of connections that have not ended. */
  flows: ConnectionFlow[];
  /** ISO instant; null: never. */
  lastUsedAt: string | null;
  /** The latest run of "test connection". */
  lastCheck: { state: 'green' | 'amber' | 'red'; at: string } | null;
}
