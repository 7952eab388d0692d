import { appMailOf } from '@/components/app-assistant/app-mail';
import { CreateApp } from '@/components/app-assistant/create-app';
import { DeploymentProgress } from '@/components/app-assistant/deployment-progress';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import { deployCommandsOf } from '@/lib/provisioning/app-pack/readme';
import type { AppChoice, AppEnvironment } from '@/lib/provisioning/app-pack/types';
import { wantedAppOf } from '@/lib/provisioning/app-pack/wanted-app';
import type { Deployment } from '@/lib/provisioning/deployment/types';
import type { SetUpAccess } from '@/lib/provisioning/set-up-access/types';
import { disconnectAction } from '../../../../connections/[id]/actions';
import { cancelDeploymentAction, deployAppAction } from './actions';

interface CreateSectionProps {
  app: AppEnvironment;
  choice: AppChoice | null;
  deployment: Deployment | null;
  /** Null: the reader may only look. */
  access: SetUpAccess | null;
  viewer: Viewer;
}

/** Download the pack, or have it deployed. */
export function CreateSection({ app, choice, deployment, access, viewer }: CreateSectionProps) {
  const { slug } = app;
  const busy = deployment !== null && deployment.finishedAt === null;
  const connectionId = deployment?.canDisconnect ? deployment.connectionId : null;
  return (
    <Section
      title="Create the app"
      description="Either way leads to the same app. To create it again with the same API name changes it to these settings."
    >
      <div className="space-y-6">
        {deployment ? (
          <DeploymentProgress
            deployment={deployment}
            viewer={viewer}
            cancel={access ? cancelDeploymentAction.bind(null, slug) : null}
            disconnect={access && connectionId ? disconnectAction.bind(null, connectionId) : null}
          />
        ) : null}
        {access ? (
          <CreateApp
            slug={slug}
            commands={deployCommandsOf(app)}
            mail={appMailOf(wantedAppOf(app, choice))}
            choice={choice}
            access={access}
            replaces={app.clientId === '' || app.status === 'draft' ? null : app.clientId}
            busy={busy}
            deploy={deployAppAction.bind(null, slug)}
          />
        ) : deployment ? null : (
          <p className="text-muted">Nothing was deployed from here yet.</p>
        )}
      </div>
    </Section>
  );
}
