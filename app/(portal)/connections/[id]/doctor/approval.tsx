import { AskApproval } from '@/components/approval/ask-approval';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { askApprovalAction } from '../../../../consent/actions';
import { viewerOf } from '../../../viewer';

interface ConnectionApprovalProps {
  ctx: PersonContext;
  connection: AuthorisedConnection;
  /** False: the environment is not open to this person, so nobody needs to let them in. */
  readable: boolean;
}

/** The link for whoever can let the app in; none for a service connection, which is no person’s. */
export function ConnectionApproval({ ctx, connection, readable }: ConnectionApprovalProps) {
  const { environment, service } = connection;
  if (!readable || service) return null;
  return (
    <AskApproval
      environmentName={environment.name}
      askedBy={ctx.displayName}
      viewer={viewerOf(ctx)}
      ask={askApprovalAction.bind(null, environment.slug, null)}
      variant="secondary"
    />
  );
}
