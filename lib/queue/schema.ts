import { z } from 'zod';

/** A sweep takes nothing: it looks at the rows. What the cron adds to its payload is dropped. */
const nothing = z.object({});

/** Every job. Its payload names rows and holds no secret: it lies in the database as it is. */
export const jobSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('keep_alive'), payload: nothing }),
  z.object({ task: z.literal('health'), payload: nothing }),
  z.object({ task: z.literal('revocations'), payload: nothing }),
  z.object({ task: z.literal('notices'), payload: nothing }),
  z.object({ task: z.literal('retention'), payload: nothing }),
  z.object({ task: z.literal('audit_retention'), payload: nothing }),
  z.object({ task: z.literal('app_deployment'), payload: z.object({ deploymentId: z.uuid() }) }),
  z.object({ task: z.literal('notice_mail'), payload: z.object({ notificationId: z.uuid() }) }),
  z.object({ task: z.literal('approval_mail'), payload: z.object({ requestId: z.uuid() }) }),
  z.object({ task: z.literal('webhook_events'), payload: nothing }),
  z.object({
    task: z.literal('webhook_delivery'),
    payload: z.object({ deliveryId: z.uuid(), endpointId: z.uuid() }),
  }),
  z.object({
    task: z.literal('budget_low'),
    payload: z.object({
      environmentId: z.uuid(),
      orgId: z.string(),
      day: z.string(),
      used: z.number().int(),
      max: z.number().int(),
    }),
  }),
]);

export type Job = z.infer<typeof jobSchema>;
export type Task = Job['task'];
export type PayloadOf<T extends Task> = Extract<Job, { task: T }>['payload'];
