import { AppError } from '@/lib/errors';

/** Which chart is asked for; null: the list of them. Throws INVALID_INPUT. */
export function parseChartId(params: URLSearchParams): string | null {
  const id = params.get('chart');
  if (id === null || /^[A-Za-z][\w-]{0,90}$/.test(id)) return id;
  throw new AppError('INVALID_INPUT', 'This is not the name of a chart.');
}
