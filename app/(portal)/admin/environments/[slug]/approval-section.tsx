import { WaitingList } from '@/components/approval/waiting-list';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import type { PersonContext } from '@/lib/context';
import { listWaitingApprovals } from '@/lib/provisioning/approval/queries';

interface ApprovalSectionProps {
  ctx: PersonContext;
  slug: string;
  viewer: Viewer;
}

/** Who waits for a Salesforce administrator to let the app of this environment in; nothing while nobody does. */
export async function ApprovalSection({ ctx, slug, viewer }: ApprovalSectionProps) {
  const approvals = await listWaitingApprovals(ctx, slug);
  if (approvals.length === 0) return null;
  return (
    <Section
      title="Waiting for a Salesforce administrator"
      description="These people were refused because the app is blocked, not installed or not open to them. Each sent a link to a Salesforce administrator; connecting ends the request."
    >
      <WaitingList approvals={approvals} viewer={viewer} />
    </Section>
  );
}
