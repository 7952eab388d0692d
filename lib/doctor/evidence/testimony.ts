import type { CauseId } from '@/lib/doctor/catalogue/causes';

/** What is asked of an org. */
export interface Question {
  /** Of the failing connection, 18 characters; null: nobody got as far as a user. */
  salesforceUserId: string | null;
  username: string | null;
  /** Rows from here on speak of this failure. */
  since: Date;
}

/** What one kind of record had to say. */
export interface Testimony {
  sentences: string[];
  missing: string[];
  /** Best first. */
  speaksFor: CauseId[];
  /** The rows show the app installed, in whatever org was asked. */
  appInstalled?: boolean;
}

export const SILENT: Testimony = { sentences: [], missing: [], speaksFor: [] };
