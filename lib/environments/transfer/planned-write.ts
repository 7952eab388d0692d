import { changedSettings, type EnvironmentSettings } from '@/lib/environments/settings';
import type { CurrentEnvironment } from '@/lib/environments/transfer/read-current';
import type { EnvironmentStatus } from '@/lib/environments/types';

/** What is to be written of one environment. */
export interface PlannedWrite {
  /** Null: it is created. */
  before: CurrentEnvironment | null;
  slug: string;
  settings: EnvironmentSettings;
  status: EnvironmentStatus;
  /** Another app or address than before: a secret of before does not go there. */
  moved: boolean;
  /** Null: the stored one stays. */
  secret: string | null;
  removesSecret: boolean;
  expectedOrg: { id: string; name: string | null } | null;
}

/** The settings that a write changes; of a new environment all of them. */
export function changesOf({ before, settings }: PlannedWrite): {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
} {
  return before === null
    ? { before: {}, after: { ...settings } }
    : changedSettings(before.settings, settings);
}
