import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { AppError } from '@/lib/errors';
import { keyRing } from '@/lib/keyring';
import { databaseCode } from './faults';
import { STRUCTURE_LOCK } from './migrate';
import { openOwnerConnection } from './pool';
import type { Sql, TransactionSql } from './sql';

/** The login role of the portal's pool. */
export const PORTAL_ROLE = 'orgdock_portal';

/** The one function that removes audit rows; it checks what may go. */
const AUDIT_RETENTION = 'orgdock.remove_sealed_audit(bigint, text, text)';

interface RoleFacts {
  name: string;
  /** May switch the wall off: superuser, BYPASSRLS, or owner of the tables. */
  tooStrong: boolean;
}

/**
 * The URL that the pool logs in with. When the role of `url` is the owner, a superuser or may bypass row
 * security, that is `orgdock_portal`, made or updated here; otherwise it is `url` itself.
 * Throws MISCONFIGURED when no fitting role can be had.
 */
export async function preparePoolRole(owner: Sql, url: string): Promise<string> {
  const configured = decodeURIComponent(new URL(url).username);
  const facts = await readRole(owner, configured);
  if (!facts.tooStrong) {
    await grantWhatIsMissing(owner, facts.name);
    return url;
  }
  const portalUrl = withLogin(url, PORTAL_ROLE, portalPassword());
  await grantOrExplain(owner, portalUrl);
  return portalUrl;
}

/** The same on every replica, and nowhere written down. */
function portalPassword(): string {
  return keyRing().derive('orgdock database role orgdock_portal', 32).toString('base64url');
}

function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}

async function readRole(owner: Sql, name: string): Promise<RoleFacts> {
  // A URL without a user, or a pooler's alias, stands for the owner connection's own role.
  const [row] = await owner<RoleFacts[]>`
    SELECT r.rolname AS name,
           (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, s.nspowner, 'USAGE')) AS "tooStrong"
      FROM pg_roles r, pg_namespace s
     WHERE s.nspname = 'orgdock'
       AND r.rolname = coalesce((SELECT rolname FROM pg_roles WHERE rolname = ${name}), current_user)`;
  if (!row) throw new AppError('MISCONFIGURED', 'The schema "orgdock" is missing in the database.');
  return row;
}

async function grantOrExplain(owner: Sql, portalUrl: string): Promise<void> {
  try {
    if (!(await canLogIn(portalUrl))) await writePortalRole(owner);
    await grantWhatIsMissing(owner, PORTAL_ROLE);
  } catch (error) {
    if (databaseCode(error) !== '42501') throw error;
    throw new AppError('MISCONFIGURED', `The database role may not make or equip the role ${PORTAL_ROLE}.`, {
      nextStep:
        'Give it CREATEROLE and the tables of the schema "orgdock", or make a plain LOGIN role yourself, put it into DATABASE_URL and the owner into DATABASE_OWNER_URL.',
      cause: error,
    });
  }
}

async function canLogIn(url: string): Promise<boolean> {
  const probe = openOwnerConnection(url);
  try {
    const [role] = await probe<[{ weak: boolean }]>`
      SELECT NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb) AS weak
        FROM pg_roles WHERE rolname = current_user`;
    return role?.weak === true;
  } catch (error) {
    // 28P01, 28000: no such role or another password. 08P01 is how PgBouncer says it.
    if (['28P01', '28000', '08P01'].includes(databaseCode(error) ?? '')) return false;
    throw error;
  } finally {
    await probe.end();
  }
}

async function writePortalRole(owner: Sql): Promise<void> {
  await underStructureLock(owner, async (tx) => {
    const [found] = await tx`SELECT 1 FROM pg_roles WHERE rolname = ${PORTAL_ROLE}`;
    const verb = found ? 'ALTER' : 'CREATE';
    // Base64 and a constant: nothing to quote. NOINHERIT keeps memberships from adding rights.
    await tx.unsafe(
      `${verb} ROLE ${PORTAL_ROLE} LOGIN NOINHERIT NOCREATEDB NOCREATEROLE PASSWORD '${scramVerifier(portalPassword())}'`,
    );
    const [strong] = await tx`
      SELECT 1 FROM pg_roles WHERE rolname = ${PORTAL_ROLE} AND (rolsuper OR rolbypassrls)`;
    if (strong) await tx.unsafe(`ALTER ROLE ${PORTAL_ROLE} NOSUPERUSER NOBYPASSRLS`);
  });
}

/** What PostgreSQL stores for a password (RFC 5803), so that the password is in no statement that it may log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${sign('Server Key').toString('base64')}`;
}

/** Grants the portal its rights on the tables: everything but changing the audit log and the structure. */
async function grantWhatIsMissing(owner: Sql, role: string): Promise<void> {
  const [state] = await owner<[{ complete: boolean }]>`
    SELECT has_schema_privilege(${role}::name, 'orgdock', 'USAGE')
       AND NOT has_table_privilege(${role}::name, 'orgdock.audit_log', 'UPDATE, DELETE, TRUNCATE')
       AND NOT has_table_privilege(${role}::name, 'orgdock.audit_seals', 'UPDATE, DELETE, TRUNCATE')
       AND NOT has_table_privilege(${role}::name, 'orgdock.audit_checkpoints', 'UPDATE, DELETE, TRUNCATE')
       AND has_function_privilege(${role}::name, ${AUDIT_RETENTION}, 'EXECUTE')
       AND bool_and(has_table_privilege(${role}::name, c.oid, 'SELECT')
             AND (c.relname = 'migrations' OR has_table_privilege(${role}::name, c.oid, 'INSERT')))
           AS complete
      FROM pg_class c
     WHERE c.relnamespace = 'orgdock'::regnamespace AND c.relkind IN ('r', 'p')`;
  if (state.complete) return;
  await underStructureLock(owner, async (tx) => {
    const name = escapeIdentifier(role);
    await tx.unsafe(`GRANT USAGE ON SCHEMA orgdock TO ${name}`);
    await tx.unsafe(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA orgdock TO ${name}`);
    await tx.unsafe(
      `REVOKE UPDATE, DELETE, TRUNCATE ON orgdock.audit_log, orgdock.audit_seals, orgdock.audit_checkpoints FROM ${name}`,
    );
    await tx.unsafe(`GRANT EXECUTE ON FUNCTION ${AUDIT_RETENTION} TO ${name}`);
    await tx.unsafe(`REVOKE INSERT, UPDATE, DELETE ON orgdock.migrations FROM ${name}`);
  });
}

async function underStructureLock(owner: Sql, work: (tx: TransactionSql) => Promise<void>): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${STRUCTURE_LOCK})`;
    await work(tx);
  });
}

/** Throws MISCONFIGURED when the pool's role could step over the wall or change the audit log. */
export async function assertPoolRole(pool: Sql): Promise<void> {
  const [role] = await pool<[{ name: string; strong: boolean; owns: boolean; editsAudit: boolean }]>`
    SELECT r.rolname AS name,
           r.rolsuper OR r.rolbypassrls AS strong,
           EXISTS (SELECT 1 FROM pg_class c
                    WHERE c.relnamespace = 'orgdock'::regnamespace AND c.relkind IN ('r', 'p')
                      AND pg_has_role(r.oid, c.relowner, 'USAGE')) AS owns,
           EXISTS (SELECT 1 FROM unnest(ARRAY['audit_log', 'audit_seals', 'audit_checkpoints']) AS name
                    WHERE has_table_privilege(r.oid, 'orgdock.' || name, 'UPDATE, DELETE, TRUNCATE')) AS "editsAudit"
      FROM pg_roles r WHERE r.rolname = current_user`;
  const reasons = [
    role.strong && 'it is a superuser or has BYPASSRLS',
    role.owns && 'it owns the tables',
    role.editsAudit && 'it may change the audit log',
  ].filter((reason) => typeof reason === 'string');
  if (reasons.length === 0) return;
  throw new AppError(
    'MISCONFIGURED',
    `The database role ${role.name} is too strong for the portal: ${reasons.join(', ')}.`,
    {
      nextStep:
        'Put the owner into DATABASE_OWNER_URL and a plain LOGIN role into DATABASE_URL, or leave DATABASE_OWNER_URL out and let Orgdock make the role.',
    },
  );
}
