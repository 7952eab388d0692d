import { z } from 'zod';
import { checkProviderUrl } from '@/lib/egress/provider-url';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';
import { WEBHOOK_EVENTS } from '@/lib/notify/webhooks/types';

const url = z
  .string('Enter the address of the receiver.')
  .trim()
  .min(1, 'Enter the address of the receiver, such as https://hooks.example.com/orgdock.')
  .max(2_000, 'This address is too long.')
  .transform((text, context) => {
    try {
      return checkProviderUrl(text).href;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      context.addIssue({ code: 'custom', message: `${error.message} ${error.nextStep ?? ''}`.trim() });
      return z.NEVER;
    }
  });

const webhookForm = z.strictObject({
  url,
  description: z.string().trim().max(200, 'Use at most 200 characters.').default(''),
  events: z
    .array(z.enum(WEBHOOK_EVENTS, 'Orgdock knows no such event.'))
    .min(1, 'Choose at least one event.')
    .transform((events) => [...new Set(events)]),
  /** Empty: all environments. */
  environmentId: z
    .union([z.literal(''), z.uuid('Choose an environment of the list.')])
    .default('')
    .transform((id) => id || null),
});

export type WebhookForm = z.infer<typeof webhookForm>;

/** Throws INVALID_INPUT. */
export function parseWebhookForm(input: unknown): WebhookForm {
  return parseForm(webhookForm, input, 'The webhook was not saved');
}
