import { AppError } from '@/lib/errors';
import { keyRing } from '@/lib/keyring';
import { kidOf, open, type SealBinding, seal } from '@/lib/vault/seal';
import type { ListedColumn } from '@/lib/vault/sealed-columns';
import {
  countSealedValues,
  type RunInSystem,
  replaceSealedValue,
  type SealedValue,
  sealedValues,
} from '@/lib/vault/sealed-values';

/** How far the walk over one column has come. */
export interface ColumnProgress {
  /** Such as `connection_secrets.refresh_token`. */
  column: string;
  /** Values at the beginning, and looked at since. */
  total: number;
  seen: number;
}

/** A value that does not open: it stays as it is, and so must the key that it names. */
export interface DamagedValue {
  binding: SealBinding;
  error: AppError;
}

/** What one walk came to, in values. */
export interface ResealCounts {
  /** Sealed anew with the active key. */
  resealed: number;
  /** Sealed with the active key before. */
  already: number;
  /** Replaced by somebody else in the moment of re-sealing: theirs stays. */
  overtaken: number;
  damaged: DamagedValue[];
}

/**
 * Seals every value of a column that another key than the active one seals. Each value is replaced in a transaction of
 * its own, and only if it is still the one that was opened: a refresh that lands meanwhile wins, and a walk that never
 * holds two rows is part of no deadlock. Can be broken off anywhere and run again.
 */
export async function resealColumn(
  run: RunInSystem,
  listed: ListedColumn,
  onProgress: (progress: ColumnProgress) => void,
): Promise<ResealCounts> {
  const counts: ResealCounts = { resealed: 0, already: 0, overtaken: 0, damaged: [] };
  const column = `${listed.table}.${listed.column}`;
  const progress = { column, total: await countSealedValues(run, listed), seen: 0 };
  onProgress({ ...progress });
  for await (const page of sealedValues(run, listed)) {
    for (const value of page) {
      const result = await resealValue(run, listed, value);
      if (typeof result === 'string') counts[result] += 1;
      else counts.damaged.push({ binding: value.binding, error: result });
    }
    progress.seen += page.length;
    onProgress({ ...progress });
  }
  return counts;
}

async function resealValue(run: RunInSystem, listed: ListedColumn, value: SealedValue) {
  const { binding, sealed } = value;
  if (kidOf(sealed) === keyRing().activeKid) return 'already';
  let next: string;
  try {
    next = await seal(await open(sealed, binding), binding);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  return (await replaceSealedValue(run, listed, { ...value, next })) ? 'resealed' : 'overtaken';
}
