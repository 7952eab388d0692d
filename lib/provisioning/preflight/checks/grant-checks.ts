import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Tx, withCustody } from '@/db/client';
import { auditLog } from '@/db/schema/audit';
import { connections } from '@/db/schema/connections';
import type { PersonContext } from '@/lib/context';
import { checkOf, green, unknown } from '@/lib/provisioning/preflight/checks/check';
import { type AppInOrg, fixHere, fixInApp } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';

interface GrantQuestion extends AppInOrg {
  environmentId: string;
  clientId: string;
  scopes: readonly string[];
  isPublicClient: boolean;
}

interface Grant {
  id: string;
  isOwn: boolean;
  scopes: string[];
  consentedAt: Date;
}

interface Rotation {
  rotated: boolean;
  at: Date;
}

/** Grants looked through for the last refresh. */
const MOST = 500;

/** What custody knows of the grants of this app, without using any of them: granted scopes, and whether they rotate. */
export async function checkGrants(ctx: PersonContext, question: GrantQuestion): Promise<CheckResult[]> {
  const { newest, rotation } = await withCustody(ctx, async (tx) => {
    const grants = await readGrants(tx, ctx, question);
    return { newest: grants[0] ?? null, rotation: await readLastRotation(tx, grants) };
  });
  return [checkScopes(newest, question), checkRotation(rotation, question)];
}

function checkScopes(newest: Grant | null, { scopes }: GrantQuestion): CheckResult {
  if (newest === null) return unknown('scopes_granted', 'Not known yet: nobody has connected with this app.');
  const { isOwn, consentedAt, scopes: granted } = newest;
  const knownBy = isOwn ? 'after_consent' : 'other_connection';
  const day = consentedAt.toISOString().slice(0, 10);
  const missing = scopes.filter((scope) => !isGranted(scope, granted));
  if (missing.length === 0) {
    const evidence = [`The newest grant (of ${day}) has every scope that this environment asks for.`];
    return checkOf('scopes_granted', { state: 'green', evidence, knownBy });
  }
  const vital = missing.some((scope) => scope === 'api' || scope === 'refresh_token');
  return checkOf('scopes_granted', {
    state: vital ? 'red' : 'amber',
    evidence: [`The newest grant (of ${day}) lacks ${missing.join(', ')}.`],
    fix: fixHere('Reconnect: a grant keeps the scopes that it was consented with.'),
    knownBy,
  });
}

function isGranted(scope: string, granted: readonly string[]): boolean {
  if (granted.includes(scope)) return true;
  if (scope === 'refresh_token') return granted.includes('offline_access');
  if (scope === 'offline_access') return granted.includes('refresh_token');
  return scope === 'api' && granted.includes('full');
}

function checkRotation(rotation: Rotation | null, question: GrantQuestion): CheckResult {
  if (rotation === null) return unknown('rotation', 'Not known yet: no refresh of this app has come back.');
  const when = `${rotation.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (rotation.rotated) {
    return green('rotation', `The refresh at ${when} brought a new refresh token: rotation is on.`);
  }
  const evidence = [`The refresh at ${when} brought no new refresh token: rotation is off.`];
  if (question.isPublicClient) {
    evidence.push('A client without a secret must rotate them (RFC 9700 §4.14.2).');
  }
  const fix = fixInApp('policies', question, 'Switch on “Enable Refresh Token Rotation”.');
  return checkOf('rotation', { state: question.isPublicClient ? 'red' : 'amber', evidence, fix });
}

/** Grants of people under the present app, the newest consent first. */
async function readGrants(tx: Tx, ctx: PersonContext, question: GrantQuestion): Promise<Grant[]> {
  return await tx
    .select({
      id: connections.id,
      isOwn: sql<boolean>`coalesce(${connections.ownerId} = ${ctx.personId}, false)`,
      scopes: connections.scopes,
      consentedAt: connections.consentedAt,
    })
    .from(connections)
    .where(
      and(
        eq(connections.environmentId, question.environmentId),
        eq(connections.flow, 'authorization_code'),
        eq(connections.purpose, 'runtime'),
        eq(connections.tokenHost, question.origin),
        eq(connections.clientId, question.clientId),
        isNull(connections.disconnectedAt),
      ),
    )
    .orderBy(desc(connections.consentedAt))
    .limit(MOST);
}

/** Whether the last refresh that landed brought a new refresh token. */
async function readLastRotation(tx: Tx, grants: readonly Grant[]): Promise<Rotation | null> {
  if (grants.length === 0) return null;
  const ids = grants.map(({ id }) => id);
  const rotated = sql<boolean | null>`(${auditLog.details} ->> 'rotated')::boolean`;
  const [row] = await tx
    .select({ rotated, at: auditLog.at })
    .from(auditLog)
    .where(
      and(
        inArray(auditLog.subjectId, ids),
        eq(auditLog.action, 'token.refresh'),
        eq(auditLog.outcome, 'done'),
        sql`${rotated} IS NOT NULL`,
      ),
    )
    .orderBy(desc(auditLog.at))
    .limit(1);
  return row === undefined || row.rotated === null ? null : { rotated: row.rotated, at: row.at };
}
