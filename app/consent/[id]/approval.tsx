import { CircleCheck } from 'lucide-react';
import { AskApproval } from '@/components/approval/ask-approval';
import { AutoRefresh } from '@/components/states/auto-refresh';
import { Instant } from '@/components/states/instant';
import type { ConsentFailure } from '@/lib/consent/types';
import type { PersonContext } from '@/lib/context';
import { listOwnApprovals } from '@/lib/provisioning/approval/queries';
import { needsApproval } from '@/lib/salesforce/oauth/refusals/needs-approval';
import { askApprovalAction } from '../actions';

interface ApprovalProps {
  ctx: PersonContext;
  failure: ConsentFailure;
}

/** Where only a Salesforce administrator can help: the link for them, and what became of the last one. */
export async function Approval({ ctx, failure }: ApprovalProps) {
  const { environment, intent, problem } = failure;
  if (!environment || environment.deleted || intent !== 'connect') return null;
  if (!problem.salesforce || !needsApproval(problem.salesforce.error, problem.salesforce.description))
    return null;
  const since = (await listOwnApprovals(ctx)).filter(
    (one) => one.environment.id === environment.id && one.createdAt > failure.at,
  );
  const viewer = {
    locale: ctx.locale ?? 'en-GB',
    timeZone: ctx.timeZone ?? 'UTC',
    now: new Date().toISOString(),
  };
  const waiting = since.find(({ state }) => state === 'waiting');
  if (since.some(({ state }) => state === 'done')) {
    return (
      <p
        role="status"
        className="flex gap-2.5 rounded-lg bg-success-soft px-4 py-3 text-success-soft-foreground"
      >
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        Your Salesforce administrator has let the app in. Try again now.
      </p>
    );
  }
  return (
    <div className="space-y-2">
      {waiting ? (
        <>
          <p className="text-muted">
            You asked your Salesforce administrator <Instant iso={waiting.createdAt} viewer={viewer} />. This
            page tells you when they are done.
          </p>
          <AutoRefresh everyMs={20_000} />
        </>
      ) : null}
      <AskApproval
        environmentName={environment.name}
        askedBy={ctx.displayName}
        viewer={viewer}
        ask={askApprovalAction.bind(null, environment.slug, failure.id)}
        variant="secondary"
      />
    </div>
  );
}
