import { ForbiddenEnvironments } from '@/components/access/forbidden-environments';
import type { Viewer } from '@/components/states/instant';
import type { PersonContext } from '@/lib/context';
import { listAdminNames, listForbiddenEnvironments } from '@/lib/people/access/queries';
import { requestEnvironmentAction } from './actions';

interface ForbiddenProps {
  ctx: PersonContext;
  viewer: Viewer;
  /** Id of the one environment that the page is about. */
  only?: string;
}

/** Environments that the person may not use, with who can give access and the way to ask. */
export async function Forbidden({ ctx, viewer, only }: ForbiddenProps) {
  const all = await listForbiddenEnvironments(ctx, only === undefined ? [] : [only]);
  const environments = only === undefined ? all : all.filter(({ id }) => id === only);
  if (environments.length === 0) return null;
  return (
    <ForbiddenEnvironments
      environments={environments}
      admins={await listAdminNames()}
      viewer={viewer}
      request={requestEnvironmentAction}
    />
  );
}
