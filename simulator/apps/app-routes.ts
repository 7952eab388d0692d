import type { AdminResource } from '@/simulator/apps/admin-call';
import { managesApps } from '@/simulator/apps/lookup';
import {
  changeStaged,
  discardStaged,
  listConsumers,
  listUsage,
  readConsumer,
  readStaged,
  readStagedPair,
  stage,
} from '@/simulator/apps/oauth-credentials';
import { restError } from '@/simulator/http/respond';
import { cancelDeploy, readDeploy, startDeploy } from '@/simulator/metadata/deploy-requests';
import { refuseVersion } from '@/simulator/rest/versions';
import type { OrgState } from '@/simulator/state/org-state';
import type { Route, RouteTable, SimResponse, SimSession } from '@/simulator/types';

/** Deploying metadata, and the credentials of the org's apps: for System Administrators. */
export function appRoutes(state: () => OrgState): RouteTable {
  const admin =
    (method: Route['method'], since: number) =>
    (path: string, resource: AdminResource, parameters: readonly string[] = []): Route => ({
      method,
      pattern: `/services/data/:version${path}`,
      parameters,
      access: 'session',
      handler: (request, session) => {
        const version = request.params.version ?? '';
        const refusal = refuseVersion(version) ?? refuse(session, Number(version.slice(1)) < since);
        return refusal ?? resource({ request, session, state: state(), root: `/services/data/${version}` });
      },
    });
  const credentials = '/apps/oauth/credentials/:app';
  const staged = `${credentials}/:consumer/staged`;
  return [
    admin('POST', 59)('/metadata/deployRequest', startDeploy),
    admin('GET', 59)('/metadata/deployRequest/:id', readDeploy, ['includeDetails']),
    admin('PATCH', 59)('/metadata/deployRequest/:id', cancelDeploy),
    admin('GET', 60)('/apps/oauth/usage', listUsage),
    admin('GET', 60)(credentials, listConsumers),
    admin('GET', 60)(`${credentials}/:consumer`, readConsumer, ['part']),
    admin('GET', 65)(staged, readStaged),
    admin('POST', 65)(staged, stage),
    admin('GET', 65)(`${staged}/:pair`, readStagedPair),
    admin('PATCH', 65)(`${staged}/:pair`, changeStaged),
    admin('DELETE', 65)(`${staged}/:pair`, discardStaged),
  ];
}

function refuse({ user }: SimSession, isTooOld: boolean): SimResponse | null {
  if (isTooOld) return restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (managesApps(user)) return null;
  return restError(
    403,
    'INSUFFICIENT_ACCESS',
    "You don't have the permissions that this request needs: Modify Metadata or View Client Secret.",
  );
}
