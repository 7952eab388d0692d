import { AppError } from '@/lib/errors';
import { parseColumns } from '@/lib/soql/grid-state';

/** The columns that are to be summarised. Throws INVALID_INPUT without any. */
export function parseSummaryFields(params: URLSearchParams): string[] {
  const fields = parseColumns(params.get('fields') ?? '');
  if (fields !== null) return fields;
  throw new AppError('INVALID_INPUT', 'No column was named that could be summarised.', {
    nextStep: 'Show a column of numbers, amounts or dates.',
  });
}
