/** A row number as people type it: `250,000`, `250 000` or `250000`; null: none, or beyond the list. */
export function rowNumber(text: string, total: number): number | null {
  const digits = text.replace(/[\s.,'’\u00a0\u202f]/g, '');
  if (!/^\d{1,9}$/.test(digits)) return null;
  const row = Number(digits);
  return row >= 1 && row <= total ? row : null;
}

/** Why a jump did not work, for people. */
export function jumpFailure(error: unknown): string {
  return error instanceof Error && error.message !== ''
    ? error.message
    : 'This did not work. Try again, or scroll there.';
}
