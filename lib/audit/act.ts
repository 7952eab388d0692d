import { z } from 'zod';

export const text = z.string().max(2_000);

/** What Salesforce said of something that failed. */
export const fault = {
  error: text.optional(),
  description: text.nullish(),
  status: z.number().int().nullish(),
};

/** One act: its name, what it is done to, and the facts kept with it. Facts never hold a secret. */
export function act<Action extends string, Subject extends string, Facts extends z.ZodRawShape>(
  action: Action,
  subjectType: Subject,
  facts: Facts,
) {
  return z.strictObject({
    action: z.literal(action),
    subjectType: z.literal(subjectType).default(subjectType),
    subjectId: z.string().max(200),
    outcome: z.enum(['done', 'denied', 'failed']).default('done'),
    details: z.strictObject(facts),
  });
}
