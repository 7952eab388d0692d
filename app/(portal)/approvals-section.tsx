import { ApprovalList } from '@/components/approval/approval-list';
import { AutoRefresh } from '@/components/states/auto-refresh';
import type { Viewer } from '@/components/states/instant';
import type { PersonContext } from '@/lib/context';
import { listOwnApprovals } from '@/lib/provisioning/approval/queries';
import { renewApprovalAction, withdrawApprovalAction } from '../consent/actions';

/** What the person waits for, or may go on with. While they wait, the page looks again by itself. */
export async function Approvals({ ctx, viewer }: { ctx: PersonContext; viewer: Viewer }) {
  const approvals = await listOwnApprovals(ctx);
  return (
    <>
      {approvals.some(({ state }) => state === 'waiting') ? <AutoRefresh everyMs={20_000} /> : null}
      <ApprovalList
        approvals={approvals}
        askedBy={ctx.displayName}
        viewer={viewer}
        renew={renewApprovalAction}
        withdraw={withdrawApprovalAction}
      />
    </>
  );
}
