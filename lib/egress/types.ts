import type { ErrorCode } from '@/lib/errors';

/** `DEADLINE_PASSED`: the caller's `mayStillSend` said no. */
export type UnsentCode = Extract<ErrorCode, `HOST_${string}` | 'TIMEOUT'> | 'DEADLINE_PASSED';

/**
 * What one spend of something single-use came to. `unsent` is certain: not one byte of the request was written.
 * `lost`: it was written, and no complete answer came.
 */
export type SpendResult =
  | { kind: 'unsent'; code: UnsentCode; reason: string }
  | { kind: 'answered'; status: number; contentType: string | null; body: string }
  | { kind: 'lost'; reason: string };
