import { CircleAlert, CircleCheck, Loader } from 'lucide-react';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { AutoRefresh } from '@/components/states/auto-refresh';
import { Instant, type Viewer } from '@/components/states/instant';
import { SalesforceWords } from '@/components/states/problem-card';
import type { Deployment } from '@/lib/provisioning/deployment/types';
import { credentialsWords, DEPLOYMENT_WORDS } from './words';

interface DeploymentProgressProps {
  deployment: Deployment;
  viewer: Viewer;
  /** Null: the reader may only look. */
  cancel: (() => Promise<ActionResult>) | null;
  disconnect: (() => Promise<ActionResult>) | null;
}

/** How far the newest deployment is, or how it ended, in Salesforce's own words. Reads itself again while it runs. */
export function DeploymentProgress({ deployment, viewer, cancel, disconnect }: DeploymentProgressProps) {
  const { state, errors, error, errorDescription, credentials, startedAt, finishedAt } = deployment;
  const running = finishedAt === null;
  const [Icon, tone] = running
    ? [Loader, 'text-muted']
    : state === 'succeeded'
      ? [CircleCheck, 'text-success-soft-foreground']
      : [CircleAlert, 'text-danger-soft-foreground'];
  return (
    <section aria-label="Deployment" className="space-y-3 rounded-lg border border-border p-4">
      {running ? <AutoRefresh everyMs={2_000} /> : null}
      <p role="status" className={`flex items-center gap-2 font-medium ${tone}`}>
        <Icon
          aria-hidden="true"
          className={`size-4 ${running ? 'animate-spin motion-reduce:animate-none' : ''}`}
        />
        {wordsOf(deployment)}
      </p>
      <p className="text-xs text-muted">
        Started <Instant iso={startedAt} viewer={viewer} />
        {finishedAt ? (
          <>
            , ended <Instant iso={finishedAt} viewer={viewer} />
          </>
        ) : null}
      </p>
      <Progress deployment={deployment} running={running} />
      {errors.length > 0 ? (
        <ul aria-label="What Salesforce refused" className="space-y-2">
          {errors.map(({ component, problem, line }) => (
            <li
              key={`${component} ${problem} ${line}`}
              className="rounded-lg bg-surface-secondary px-3.5 py-2.5"
            >
              <p className="text-xs font-medium text-muted break-words">
                {component}
                {line === null ? null : `, line ${line}`}
              </p>
              <p className="font-mono text-[0.8125rem] break-words">{problem}</p>
            </li>
          ))}
        </ul>
      ) : null}
      {error && errors.length === 0 ? (
        <SalesforceWords fault={{ error, description: errorDescription, status: null }} />
      ) : null}
      {credentials ? <p>{credentialsWords(credentials, deployment)}</p> : null}
      <div className="flex flex-wrap gap-2">
        {running && cancel ? (
          <ConfirmDialog
            trigger="Cancel the deployment"
            triggerSize="sm"
            title="Cancel the deployment?"
            confirmLabel="Cancel the deployment"
            action={cancel}
          >
            <p>Salesforce is asked to stop. What it has done by then is rolled back.</p>
          </ConfirmDialog>
        ) : null}
        {!running && disconnect ? (
          <ConfirmDialog
            trigger="Disconnect the set-up access"
            triggerSize="sm"
            title="Disconnect the set-up access?"
            confirmLabel="Disconnect"
            action={disconnect}
          >
            <p>Its grant is revoked at Salesforce. To read the settings again later, you give it anew.</p>
          </ConfirmDialog>
        ) : null}
      </div>
    </section>
  );
}

function wordsOf({ state, salesforceStatus, credentials, finishedAt }: Deployment): string {
  if (state === 'succeeded' && finishedAt === null) return 'Deployed; reading key and secret';
  if (state === 'unknown' && finishedAt !== null) {
    // It has a status only when its answer was not lost.
    if (salesforceStatus !== null && credentials === null) {
      return 'Orgdock has not seen how it ended. Look at Setup → Deployment Status, then deploy again';
    }
    return credentials === 'stored' || credentials === 'key_only'
      ? 'Salesforce’s answer was lost, but the org has the app. Compare its settings under “Settings as the org has them”'
      : 'Salesforce’s answer was lost, and the org does not show the app. Look at Setup → Deployment Status, then deploy again';
  }
  if (state === 'in_progress' && salesforceStatus === 'Canceling') return 'Salesforce is cancelling it';
  return DEPLOYMENT_WORDS[state];
}

function Progress({ deployment, running }: { deployment: Deployment; running: boolean }) {
  const { componentsDone, componentsTotal } = deployment;
  if (componentsTotal === 0) return null;
  return (
    <div>
      {running ? (
        <progress
          aria-label="Components"
          value={componentsDone}
          max={componentsTotal}
          className="h-1.5 w-full accent-(--accent)"
        />
      ) : null}
      <p className="text-[0.8125rem] text-muted tabular-nums">
        {componentsDone} of {componentsTotal} components
      </p>
    </div>
  );
}
