import { sweepAuditRetention } from '@/lib/audit/chain/retention';
import { sweepLostLeases } from '@/lib/connections/keep-alive/lost-leases';
import { sweepKeepAlive } from '@/lib/connections/keep-alive/sweep';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { settleBreaches } from '@/lib/custody/breach/progress/settle';
import { mailApproval, mailNotice } from '@/lib/jobs/mail-notice';
import { sweepNotices } from '@/lib/jobs/notices';
import { sweepRetention } from '@/lib/jobs/retention';
import { deliver } from '@/lib/notify/webhooks/delivery/deliver';
import { raiseBudgetLow } from '@/lib/notify/webhooks/events/budget-low';
import { collectEvents } from '@/lib/notify/webhooks/events/collect-events';
import { resumeDeployments } from '@/lib/provisioning/deployment/resume';
import { stepDeployment } from '@/lib/provisioning/deployment/step';
import { followRotations } from '@/lib/provisioning/secret-rotation/behaviour/follow-rotations';
import type { PayloadOf, Task } from '@/lib/queue/schema';

/** What does each job. A new one gets its payload in lib/queue/schema.ts, its line here, and one below if it is a sweep. */
export const HANDLERS: { [T in Task]: (payload: PayloadOf<T>) => Promise<unknown> } = {
  keep_alive: sweepKeepAlive,
  health: () => sweepLostLeases().then(resumeDeployments).then(followRotations),
  revocations: () => sweepRevocations().then(settleBreaches),
  notices: sweepNotices,
  retention: sweepRetention,
  audit_retention: sweepAuditRetention,
  app_deployment: ({ deploymentId }) => stepDeployment(deploymentId),
  notice_mail: ({ notificationId }) => mailNotice(notificationId),
  approval_mail: ({ requestId }) => mailApproval(requestId),
  webhook_events: collectEvents,
  webhook_delivery: ({ deliveryId }) => deliver(deliveryId),
  budget_low: raiseBudgetLow,
};

const DAY_MS = 24 * 3_600_000;

/**
 * When the sweeps run, in UTC. Every one may run on any replica, twice, or at the same time as itself, without harm.
 * `missedWithin`: one that was missed while no process ran is made up for.
 */
export const SWEEPS: Array<{ task: Task; cron: string; missedWithin?: number }> = [
  { task: 'keep_alive', cron: '*/5 * * * *' },
  { task: 'health', cron: '* * * * *' },
  { task: 'revocations', cron: '* * * * *' },
  { task: 'notices', cron: '* * * * *' },
  { task: 'webhook_events', cron: '* * * * *' },
  { task: 'retention', cron: '17 3 * * *', missedWithin: DAY_MS },
  { task: 'audit_retention', cron: '37 3 * * *', missedWithin: DAY_MS },
];
