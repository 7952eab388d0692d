import { z } from 'zod';
import { parseForm } from '@/lib/form';

const schema = z.object({
  note: z
    .string()
    .default('')
    .transform((text) => text.trim())
    .pipe(z.string().max(500, 'Use at most 500 characters for the note.')),
});

/** An optional note of somebody who decides something, trimmed. Throws INVALID_INPUT. */
export function parseNote(note: unknown): string {
  return parseForm(schema, { note: note ?? '' }, 'It was not saved').note;
}
