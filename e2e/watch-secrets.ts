import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sql } from '@/db/sql';
import type { ControlClient } from '@/simulator/control-client';
import { databaseTexts } from '@/tests/leaks/database-texts';
import { type Leak, type Place, type Secret, SecretScanner } from '@/tests/leaks/secret-scanner';
import type { OpenIdProvider } from '@/tests/openid/openid-provider';
import type { Recorder } from './recorder';

/** Where a portal may have left a secret. */
interface Watched {
  control: ControlClient;
  openId: OpenIdProvider;
  sql: Sql;
  recorder: Recorder;
  dataDir: string;
  /** Of the keys that tests have made. */
  apiKeys: readonly Secret[];
  /** The portal's whole log so far. */
  output: () => string;
}

/**
 * Looks for every token, code, verifier and secret that the orgs and the identity provider of a stack gave out or were
 * shown, and every secret of an API key, in what the portal
 * answered since the last look, its whole log, every row of its database and what the caller adds.
 * Nothing is exempt: a code comes to the portal in the address of a callback, which is asked, not answered.
 */
export async function findLeaks(
  { control, openId, sql, recorder, dataDir, apiKeys, output }: Watched,
  more: readonly Place[] = [],
): Promise<Leak[]> {
  const scanner = new SecretScanner([...(await control.listIssued()), ...openId.issued, ...apiKeys]);
  const log = { name: 'the log of the portal', text: output() };
  return scanner.scan([log, ...more, ...recorder.take(), ...filesOf(dataDir), ...(await databaseTexts(sql))]);
}

/** PostgreSQL's log, answers in the spool, watermarks; the database's own files are read through it. */
function filesOf(dataDir: string): Place[] {
  return readdirSync(dataDir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(path.join(dataDir, 'postgres')))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      name: `the file ${path.relative(dataDir, file)}`,
      text: readFileSync(file, 'latin1'),
    }));
}
