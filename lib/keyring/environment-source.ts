import type { KeySource } from '@/lib/keyring/types';

/** The ring in the setting ORGDOCK_KEYRING itself: it changes with a restart only. */
export function environmentSource(json: string): KeySource {
  return { origin: 'ORGDOCK_KEYRING', load: () => json, revision: () => 'as at the start', store: null };
}
