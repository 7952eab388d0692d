import type { z } from 'zod';
import { AppError } from '@/lib/errors';

/**
 * Checks a form. Throws INVALID_INPUT whose `details` hold one message per field. `failed`: what did not happen, such as
 * "The environment was not saved".
 */
export function parseForm<Output>(schema: z.ZodType<Output>, input: unknown, failed: string): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const details: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? 'form');
    details[field] ??=
      issue.code === 'unrecognized_keys'
        ? 'The form holds a field that Orgdock does not know.'
        : issue.message;
  }
  throw new AppError('INVALID_INPUT', `${failed}: some fields need another look.`, {
    details,
    nextStep: 'Correct the marked fields and try again.',
  });
}
