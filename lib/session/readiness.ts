import { databaseReady } from '@/db/start';
import { AppError } from '@/lib/errors';
import { keyRing } from '@/lib/keyring';
import { registry } from '@/lib/registry';

/** Resolves when this process can serve: not stopping, key ring readable, database writable. Throws `AppError`. */
export async function requireReady(): Promise<void> {
  if (registry().draining) throw new AppError('UNAVAILABLE', 'The portal is stopping.');
  keyRing();
  await databaseReady();
}
