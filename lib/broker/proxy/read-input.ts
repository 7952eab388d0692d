import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import { readJson } from '@/lib/session/api';

/** The JSON body of a request as its schema says. Throws INVALID_INPUT with what is wrong, by its place. */
export async function readInput<T extends z.ZodType>(
  request: Request,
  schema: T,
  limit: number,
): Promise<z.infer<T>> {
  const parsed = schema.safeParse(await readJson(request, limit));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new AppError('INVALID_INPUT', 'The request body is not as expected.', {
    nextStep: issue
      ? `${place === '' ? 'The body' : place}: ${issue.message}`
      : 'Compare it with the API reference.',
  });
}
