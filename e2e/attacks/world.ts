import { randomUUID } from 'node:crypto';
import { usernameOf } from '../fixtures';
import type { Stack } from '../stack';
import { Visitor } from './visitor';

/** Somebody's things, one of each kind that has an id, and who wants them: nobody may get at any. */
export interface World {
  grace: Visitor;
  /** A member; nothing of Grace's is theirs. */
  franz: Visitor;
  /** The administrator, whose sign-in proves nothing yet. */
  ada: Visitor;
  ids: Record<
    | 'connection'
    | 'service'
    | 'person'
    | 'admin'
    | 'session'
    | 'identity'
    | 'notice'
    | 'pending'
    | 'failure'
    | 'invitation'
    | 'request'
    | 'environment'
    | 'alert'
    | 'review'
    | 'breach'
    | 'approval',
    string
  >;
}

/** The identity provider whose slug the attacks use; `endWorld` takes it away again. */
export const PROVIDER = 'attacked-login';

/** The webhook that the attacks use; a reset of the stack takes it away. */
export const WEBHOOK = '7d0e4c3a-52f1-4c3e-9d8b-3f1f6a7c9e21';

async function personOf(
  { sql }: Stack,
  user: 'grace' | 'ada',
): Promise<{ person: string; identity: string }> {
  const [row] = await sql`SELECT person_id AS person, id AS identity FROM orgdock.identities
    WHERE username = ${usernameOf(user)}`;
  return row as unknown as { person: string; identity: string };
}

/** Grace with everything that she can have, and the administration around her. */
export async function makeWorld(stack: Stack): Promise<World> {
  const { sql } = stack;
  const [grace, franz, ada] = [new Visitor(stack), new Visitor(stack), new Visitor(stack)];
  await grace.signIn('grace');
  const connection = await grace.connect('grace');
  const failed = await grace.ask(await grace.allow(await grace.begin(CONNECT)).then(withoutCode));
  await grace.begin(CONNECT);
  await franz.signIn('franz');
  await ada.signIn('ada');
  const [{ person, identity }, { person: admin }] = [
    await personOf(stack, 'grace'),
    await personOf(stack, 'ada'),
  ];
  const [session] =
    await sql`SELECT id FROM orgdock.sessions WHERE person_id = ${person} AND ended_at IS NULL`;
  const [pending] = await sql`SELECT id FROM orgdock.consent_attempts WHERE person_id = ${person}`;
  const [environment] = await sql`SELECT id FROM orgdock.environments WHERE slug = 'production'`;
  const ids = {
    connection,
    person,
    admin,
    identity,
    session: session?.id as string,
    pending: pending?.id as string,
    environment: environment?.id as string,
    failure: failed.headers.get('location')?.split('/').at(-1) ?? '',
    ...{ service: randomUUID(), notice: randomUUID(), invitation: randomUUID(), request: randomUUID() },
    ...{ alert: randomUUID(), review: randomUUID(), breach: randomUUID() },
    approval: randomUUID(),
  };
  // Shared with nobody, so that only its id could lead to it.
  await sql`INSERT INTO orgdock.connections (id, environment_id, name, flow, org_id, salesforce_user_id, username,
      user_display_name, instance_url, token_host, client_id, scopes, grant_id)
    SELECT ${ids.service}, environment_id, 'Hidden robot', 'client_credentials', org_id, salesforce_user_id, username,
      user_display_name, instance_url, token_host, client_id, scopes, gen_random_uuid()
    FROM orgdock.connections WHERE id = ${connection}`;
  await sql`INSERT INTO orgdock.notifications (id, person_id, kind, connection_id, occasion)
    VALUES (${ids.notice}, ${person}, 'connection_ends_soon', ${connection}, 'attack')`;
  await sql`INSERT INTO orgdock.invitations (id, token_hash, display_name, invited_by, expires_at)
    VALUES (${ids.invitation}, 'attack', 'Invited', ${admin}, now() + interval '1 day')`;
  await sql`INSERT INTO orgdock.access_requests (id, issuer, subject, display_name)
    VALUES (${ids.request}, 'salesforce:x', 'x', 'Asking')`;
  await sql`INSERT INTO orgdock.identity_providers (slug, name, issuer, client_id, scopes)
    VALUES (${PROVIDER}, 'Attacked', 'https://login.acme.example', 'x', '{openid}') ON CONFLICT DO NOTHING`;
  // Too old to be told of: the sweep of the minute must not write notices while the tables are compared.
  await sql`INSERT INTO orgdock.alerts (id, kind, connection_id, occasion, facts, created_at)
    VALUES (${ids.alert}, 'unusual_reading', ${connection}, 'attack',
      '{"rows": 1000, "median": 10, "hour": "2026-01-01T08:00:00.000Z"}', now() - interval '4 days')`;
  await sql`INSERT INTO orgdock.access_reviews (id, scope_name, started_by, started_by_name)
    VALUES (${ids.review}, 'All environments', ${admin}, 'Ada')`;
  await sql`INSERT INTO orgdock.access_review_items (review_id, connection_id, grant_id, owner_name, environment_name,
      org_id, username, scopes, connected_at)
    SELECT ${ids.review}, id, grant_id, 'Grace Whitmore', 'Production', org_id, username, scopes, created_at
    FROM orgdock.connections WHERE id = ${connection}`;
  await sql`INSERT INTO orgdock.webhook_endpoints (id, url, description, events, enabled, created_by)
    VALUES (${WEBHOOK}, 'https://hooks.example/attacked', 'Attacked', '{breach.started}', false, ${admin})`;
  await sql`INSERT INTO orgdock.breaches (id, scope, scope_name, reason, started_by, started_by_name, ends_sessions,
      finished_at)
    VALUES (${ids.breach}, 'all', 'Everything', 'attack', ${admin}, 'Ada', false, now())`;
  await sql`INSERT INTO orgdock.approval_requests (id, token_hash, environment_id, person_id, expires_at)
    VALUES (${ids.approval}, 'approval', ${ids.environment}, ${person}, now() + interval '1 day')`;
  return { grace, franz, ada, ids };
}

/** Takes away what a reset of the stack leaves. */
export async function endWorld({ sql }: Stack): Promise<void> {
  await sql`DELETE FROM orgdock.identity_providers WHERE slug = ${PROVIDER}`;
}

const CONNECT = { environment: 'production', intent: 'connect' };

function withoutCode(callback: string): string {
  return callback.replace(/([?&])code=[^&]*&?/, '$1');
}

/** Counters and clocks that everybody moves by being there; the log of refusals. */
const MOVES = ['last_seen_at', 'heartbeat_at', 'last_used_at', 'last_used_by', 'webhooks_position'];
const UNWATCHED = /^(?:audit_.*|rate_limits|api_calls|api_key_days|usage.*|.*_usage)$/;

/** A fingerprint of every table: what an attack has changed shows by name. */
export async function fingerprints({ sql }: Stack): Promise<Record<string, string>> {
  const tables = await sql`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'orgdock' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const found: Record<string, string> = {};
  for (const { name } of tables as unknown as Array<{ name: string }>) {
    if (UNWATCHED.test(name)) continue;
    const [row] = await sql.unsafe(
      `SELECT md5(string_agg(row, '|' ORDER BY row)) AS hash
       FROM (SELECT (to_jsonb(t) - '{${MOVES.join(',')}}'::text[])::text AS row FROM orgdock."${name}" t) AS rows`,
    );
    found[name] = String(row?.hash);
  }
  return found;
}
