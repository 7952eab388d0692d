import { z } from 'zod';
import { aliasSchema } from '@/lib/connections/alias/schema';
import { parseForm } from '@/lib/form';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** What a connect link is made of, in forms and in the API. `expiresIn` is in seconds. Strict. */
export const newConnectLinkSchema = z.strictObject({
  /** Slug. */
  environment: z.string({ error: 'Choose an environment.' }).min(1, 'Choose an environment.').max(80),
  purpose: z
    .string({ error: 'Say what the connection is for.' })
    .trim()
    .min(3, 'Say what the connection is for: whoever opens the link reads it.')
    .max(200, 'Use at most 200 characters.')
    // One line: it stands among our own words on a page for strangers.
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'Use one line of plain text.'),
  alias: aliasSchema.nullish(),
  expiresIn: z
    .int({ error: 'Give a number of seconds.' })
    .min(10 * MINUTE, 'A link lives for 10 minutes at least.')
    .max(7 * DAY, 'A link lives for 7 days at most.')
    .default(DAY),
});
export type NewConnectLink = z.infer<typeof newConnectLinkSchema>;

/** The form of the home page: an alias that is left empty is made. Throws INVALID_INPUT with a message per field. */
export function parseConnectLinkForm(form: Record<string, unknown>): NewConnectLink {
  const { environment, purpose, alias, expiresIn } = form;
  const link = { environment, purpose, alias: alias || null, expiresIn: Number(expiresIn) };
  return parseForm(newConnectLinkSchema, link, 'No link was made');
}
