import { z } from 'zod';

/** Of a fact. */
export const text = z.string().max(2_000);
/** Settings by name. */
export const changes = z.record(z.string(), z.unknown());

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

/** Salesforce's own words. */
export const fault = {
  error: text.optional(),
  description: text.nullish(),
  status: z.number().int().nullish(),
};
