import { asc } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environmentSecrets, environments } from '@/db/schema/environments';
import { secretRotations } from '@/db/schema/provisioning';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { openRotation } from '@/lib/environments/secret/open-rotation';
import { type EnvironmentSettings, settingsOf } from '@/lib/environments/settings';
import type { EnvironmentStatus } from '@/lib/environments/types';

/** What an environment of a file is compared with. */
export interface CurrentEnvironment {
  id: string;
  slug: string;
  deleted: boolean;
  status: EnvironmentStatus;
  settings: EnvironmentSettings;
  expectedOrgId: string | null;
  hasSecret: boolean;
  /** Opened only where another one is offered, to see whether it is the same. */
  secret: string | null;
  /** A rotation of its secret is open: app and secret stay as they are. */
  rotating: boolean;
  /** ISO instants. */
  updatedAt: string;
  secretUpdatedAt: string | null;
}

/** Every environment by slug, deleted ones, too: their slugs stay taken. Locks them where `toWrite`. */
export async function readCurrent(
  tx: Tx,
  { offered, toWrite }: { offered: ReadonlySet<string>; toWrite: boolean },
): Promise<Map<string, CurrentEnvironment>> {
  const select = tx.select().from(environments).orderBy(asc(environments.id));
  const rows = toWrite ? await select.for('no key update') : await select;
  const secrets = await tx
    .select({ id: environmentSecrets.environmentId, updatedAt: environmentSecrets.updatedAt })
    .from(environmentSecrets);
  const rotations = await tx
    .select({ id: secretRotations.environmentId })
    .from(secretRotations)
    .where(openRotation);
  const rotating = new Set(rotations.map(({ id }) => id));
  const since = new Map(secrets.map(({ id, updatedAt }) => [id, updatedAt.toISOString()]));
  const current = new Map<string, CurrentEnvironment>();
  for (const row of rows) {
    const secretUpdatedAt = since.get(row.id) ?? null;
    current.set(row.slug, {
      id: row.id,
      slug: row.slug,
      deleted: row.deletedAt !== null,
      status: row.status,
      settings: settingsOf(row),
      expectedOrgId: row.expectedOrgId,
      hasSecret: secretUpdatedAt !== null,
      secret:
        secretUpdatedAt !== null && offered.has(row.slug)
          ? (await openOAuthApp(tx, row.id)).clientSecret
          : null,
      rotating: rotating.has(row.id),
      updatedAt: row.updatedAt.toISOString(),
      secretUpdatedAt,
    });
  }
  return current;
}
