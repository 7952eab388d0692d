import { authSessionObject } from '@/simulator/data/evidence/auth-session-object';
import { connectedApplicationObject } from '@/simulator/data/evidence/connected-application-object';
import { loginHistoryObject } from '@/simulator/data/evidence/login-history-object';
import { oauthTokenObject } from '@/simulator/data/evidence/oauth-token-object';
import { setupAuditTrailObject } from '@/simulator/data/evidence/setup-audit-trail-object';
import type { LiveObject } from '@/simulator/data/live-table';
import type { OrgState } from '@/simulator/state/org-state';

/** The objects of an org whose rows are what happens in it. `state` is asked anew: a reset replaces it. */
export function liveObjects(state: () => OrgState): readonly LiveObject[] {
  return [
    authSessionObject(state),
    connectedApplicationObject(state),
    loginHistoryObject(state),
    oauthTokenObject(state),
    setupAuditTrailObject(state),
  ];
}
