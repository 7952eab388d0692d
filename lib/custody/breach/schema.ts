import { z } from 'zod';
import type { BreachChoice } from '@/lib/custody/breach/types';
import { parseForm } from '@/lib/form';

const MOST_DAYS = 3_650;

const formSchema = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1, 'Say what happened: it is in the report.')
    .max(1_000, 'At most 1,000 characters.'),
  backupDays: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, 'A number of days, or empty.')
    .transform((value) => (value === '' ? null : Number(value)))
    .refine((days) => days === null || days <= MOST_DAYS, `At most ${MOST_DAYS} days.`),
  endsSessions: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  confirmation: z.string().trim().max(500),
});

/** What whoever presses the button says to it. */
export type BreachForm = z.output<typeof formSchema>;

/** Checks the form of the button. Throws INVALID_INPUT. */
export function parseBreachForm(input: unknown): BreachForm {
  return parseForm(formSchema, input, 'Nothing was revoked');
}

const choiceSchema = z.union([
  z.object({ scope: z.literal('all') }).transform(() => ({ kind: 'all' as const, name: '' })),
  z
    .object({ scope: z.enum(['environment', 'person']), name: z.string().trim().min(1).max(200) })
    .transform(({ scope, name }) => ({ kind: scope, name })),
]);

/** The scope that an address names; null: none yet. */
export function parseBreachChoice(search: Record<string, unknown>): BreachChoice | null {
  return choiceSchema.safeParse(search).data ?? null;
}
