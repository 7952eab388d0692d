import { z } from 'zod';
import { AppError } from '@/lib/errors';

const NAME = /^[A-Za-z]\w{0,79}$/;
const PATH = /^(?:[A-Za-z]\w{0,79}(?:\.[A-Za-z]\w{0,79}){0,4})?$/;

const fieldsSchema = z.object({ sobject: z.string().regex(NAME), path: z.string().regex(PATH) });

const lookupSchema = z.object({
  sobject: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().regex(NAME)).min(1).max(3)),
  q: z.string().trim().max(100),
});

export type FieldsInput = z.infer<typeof fieldsSchema>;
export type LookupInput = z.infer<typeof lookupSchema>;

/** An object, and a path of at most five relationships from it. Throws INVALID_INPUT. */
export function parseFieldsInput(params: URLSearchParams): FieldsInput {
  const read = fieldsSchema.safeParse({ sobject: params.get('sobject'), path: params.get('path') ?? '' });
  if (read.success) return read.data;
  throw new AppError('INVALID_INPUT', 'These fields cannot be asked for like this.');
}

/** One to three objects, and what a name contains. Throws INVALID_INPUT. */
export function parseLookupInput(params: URLSearchParams): LookupInput {
  const read = lookupSchema.safeParse({ sobject: params.get('sobject'), q: params.get('q') ?? '' });
  if (read.success) return read.data;
  throw new AppError('INVALID_INPUT', 'These records cannot be looked up like this.');
}
