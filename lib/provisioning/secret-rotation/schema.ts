import { z } from 'zod';
import { parseForm } from '@/lib/form';

const MAX_SECRET = 512;

const stageSchema = z.strictObject({
  nextSecret: z
    .string('Paste the new consumer secret.')
    .trim()
    .min(1, 'Paste the new consumer secret.')
    .max(MAX_SECRET, `A consumer secret has at most ${MAX_SECRET} characters. Check what was pasted.`)
    .regex(
      /^[\x21-\x7e]*$/,
      'A consumer secret has no spaces, line breaks or special letters. Check what was pasted.',
    ),
});

/** The form of a pasted secret. Throws INVALID_INPUT with one message per field. */
export function parseStageForm(input: unknown): { nextSecret: string } {
  return parseForm(stageSchema, input, 'The secret was not staged');
}
