import type { z } from 'zod';
import { AppError } from '@/lib/errors';

/** The parameters of a request's query by their schema. One that is there twice, unknown or wrong is INVALID_INPUT. */
export function readQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> {
  const parameters = new URL(request.url).searchParams;
  const names = [...parameters.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw wrong(`The parameter ${twice} is there twice.`);
  const parsed = schema.safeParse(Object.fromEntries(parameters));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw wrong(
    `${where === '' ? 'The query' : `The parameter ${where}`} is not as expected: ${issue?.message}.`,
  );
}

function wrong(message: string): AppError {
  return new AppError('INVALID_INPUT', message, { nextStep: 'See /api-reference for what may be asked.' });
}
