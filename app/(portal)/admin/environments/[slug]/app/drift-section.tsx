import { DriftTable } from '@/components/app-assistant/drift-table';
import { ReadAgain } from '@/components/app-assistant/read-again';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { Deployment } from '@/lib/provisioning/deployment/types';
import type { AppDrift } from '@/lib/provisioning/drift/types';
import type { SetUpAccess } from '@/lib/provisioning/set-up-access/types';
import { readAppDriftAction } from './actions';

interface DriftSectionProps {
  slug: string;
  /** The page says how to create the app, and has set-up access given. */
  canCreate: boolean;
  drift: AppDrift;
  deployment: Deployment | null;
  access: SetUpAccess | null;
  viewer: Viewer;
}

/** The settings as the org has them, beside what they should be. */
export function DriftSection({ slug, canCreate, drift, deployment, access, viewer }: DriftSectionProps) {
  const { rows, observedAt } = drift;
  const connections = access?.connections.filter(({ usable }) => usable) ?? [];
  const deployedAt = deployment?.credentials ? deployment.finishedAt : null;
  const due = deployedAt !== null && (observedAt === null || observedAt < deployedAt);
  const different = rows.filter(({ state }) => state === 'different').length;
  return (
    <Section
      title="Settings as the org has them"
      description="Read from the org, and where no query shows a setting, tested at its endpoints by “Test connection”. After a deployment both happen when this page is open. Grey: nothing shows it; look in Setup."
    >
      <div className="space-y-4">
        {observedAt ? (
          <p role="status">
            {different === 0 ? 'Nothing that is visible differs.' : `${different} differ.`} Read{' '}
            <Instant iso={observedAt} viewer={viewer} />.
          </p>
        ) : (
          <p className="text-muted">Nobody has read them yet.</p>
        )}
        {access === null ? null : connections.length === 0 ? (
          <p className="text-[0.8125rem] text-muted">
            {canCreate
              ? 'To read them, give set-up access under “Create the app”, or connect this environment as an administrator of the org.'
              : 'To read them, connect this environment as an administrator of the org.'}
          </p>
        ) : (
          <ReadAgain connections={connections} due={due} read={readAppDriftAction.bind(null, slug)} />
        )}
        {observedAt ? <DriftTable rows={rows} /> : null}
      </div>
    </Section>
  );
}
