import { CircleCheck } from 'lucide-react';
import type { ActionResult } from '@/components/forms/action-result';
import { EnvironmentName } from '@/components/states/environment-badge';
import { absoluteWords } from '@/components/states/instant';
import { SalesforceWords } from '@/components/states/problem-card';
import type { OpenedApproval } from '@/lib/provisioning/approval/types';
import { AppFacts } from './app-facts';
import { DoneForm } from './done-form';
import { StepList } from './step-list';
import { appStepsOf, userStepsOf } from './steps';

interface ApprovalViewProps {
  approval: OpenedApproval;
  /** Says that the app is in, with the field `note`. */
  finish: (form: FormData) => Promise<ActionResult>;
}

/** What a Salesforce administrator who has no account here needs to let an app in, and the button that says it is done. */
export function ApprovalView({ approval, finish }: ApprovalViewProps) {
  const { askedBy, portal, environment, org, refused, expiresAt } = approval;
  const orgName = org.name ?? org.host;
  if (approval.doneAt !== null) return <Thanks askedBy={askedBy} orgName={orgName} />;
  return (
    <div className="space-y-8">
      <div>
        <p className="mb-4">
          <EnvironmentName {...environment} />
        </p>
        <h1 className="text-xl font-semibold tracking-tight">
          {askedBy} asks you to let an app into Salesforce
        </h1>
        <p className="mt-2">
          This page is for a Salesforce administrator of {orgName}. You need no account here, and it holds no
          secret.
        </p>
        <p className="mt-2 text-muted">
          Orgdock is a portal that your company runs at {portal}. People connect their own Salesforce users to
          it, through Salesforce’s consent page, and work with their records there. It can do what the user
          may do, within the scopes below, and nothing more. In Salesforce you can block the app or revoke its
          access at any time.
        </p>
      </div>
      {refused ? <SalesforceWords fault={{ ...refused, status: null }} /> : null}
      <AppFacts approval={approval} />
      <StepList id="app-steps" title="Let the app in" steps={appStepsOf(approval)} />
      <StepList id="user-steps" title="Let the user use it" steps={userStepsOf(approval)} />
      <section aria-labelledby="done" className="rounded-xl border border-border p-4 sm:p-5">
        <h2 id="done" className="text-base font-semibold">
          Is it done?
        </h2>
        <p className="mt-1 mb-4 text-muted">
          {askedBy} is told and connects again. A change in Setup takes 2 to 10 minutes to work.
        </p>
        <DoneForm askedBy={askedBy} finish={finish} />
      </section>
      <p className="border-t border-separator pt-4 text-xs text-muted">
        The steps are those of Setup in Winter ’27, looked at in November 2026. This link works until{' '}
        {absoluteWords(expiresAt, { locale: 'en-GB', timeZone: 'UTC' })}. If you did not expect it, ask{' '}
        {askedBy} before you change anything.
      </p>
    </div>
  );
}

function Thanks({ askedBy, orgName }: { askedBy: string; orgName: string }) {
  return (
    <div role="status" className="flex gap-3.5">
      <CircleCheck aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-success-soft-foreground" />
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Thank you, that is done</h1>
        <p className="mt-1.5 text-muted">
          {askedBy} was told that the app may be used in {orgName}. You can close this page.
        </p>
      </div>
    </div>
  );
}
