import { z } from 'zod';
import { parseForm } from '@/lib/form';
import { environmentIdsSchema, roleSchema } from '@/lib/people/schema';

const CONTROL = /\p{Cc}/u;
const NAME = 'Say whom you invite.';
const DAYS = 'Use a whole number of days from 1 to 30.';

/** What the form of an invitation sends. Unknown fields are refused. */
const invitationSchema = z.strictObject({
  displayName: z
    .string(NAME)
    .trim()
    .min(1, NAME)
    .max(80, 'Use at most 80 characters.')
    .refine((text) => !CONTROL.test(text), 'A name has no control characters.'),
  email: z
    .string()
    .trim()
    .max(200)
    .nullish()
    .transform((text) => text || null)
    .pipe(z.email('This is not an e-mail address.').nullable()),
  role: roleSchema,
  environmentIds: environmentIdsSchema,
  days: z.coerce.number(DAYS).int(DAYS).min(1, DAYS).max(30, DAYS),
});
export type InvitationForm = z.output<typeof invitationSchema>;

/** Checks the form. Throws INVALID_INPUT whose `details` hold one message per field. */
export function parseInvitationForm(input: unknown): InvitationForm {
  return parseForm(invitationSchema, input, 'Nobody was invited');
}
