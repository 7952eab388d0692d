import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';
import type { Sql } from '@/db/sql';
import { freePort } from '@/tests/free-port';
import { startMailServer } from '@/tests/mail-server';
import { endProcess, makeFolder, portalSettings, type ScriptProcess, startScript } from './portal-process';

const folder = makeFolder();
const keyRing = JSON.stringify({
  active: 'k',
  keys: { k: { value: randomBytes(32).toString('base64url') } },
});
let server: EmbeddedServer;
let admin: Sql;
const portals: ScriptProcess[] = [];

beforeAll(async () => {
  server = await startEmbedded(folder.path);
  admin = openOwnerConnection(server.url);
});
afterEach(async () => {
  await Promise.all(portals.splice(0).map(endProcess));
});
afterAll(async () => {
  await admin.end();
  await server.stop();
  folder.remove();
});

/** A portal on this test's server. */
async function startPortal(extra: Record<string, string> = {}): Promise<ScriptProcess> {
  const portal = startScript(['server.mjs'], {
    ...portalSettings(await freePort(), `${folder.path}/none`),
    DATABASE_URL: server.url,
    ORGDOCK_KEYRING: keyRing,
    ...extra,
  });
  portals.push(portal);
  await portal.says('the job worker has started');
  await portal.says('Orgdock is ready');
  return portal;
}

/** Ada's connection: `refreshing` with its holder gone, for the health sweep to find, or ended. */
async function makeConnection(state: 'refreshing' | 'needs_reconnect'): Promise<string> {
  const [environmentId, personId, id] = [randomUUID(), randomUUID(), randomUUID()];
  await admin.begin(async (sql) => {
    await sql`SELECT set_config('orgdock.system_reason', 'test', true)`;
    await sql`INSERT INTO orgdock.people (id, display_name, email) VALUES (${personId}, 'Ada', 'ada@acme.example')`;
    await sql`
      INSERT INTO orgdock.environments (id, slug, name, kind, origin, client_id, api_version, scopes)
      VALUES (${environmentId}, ${environmentId}, 'Lost', 'sandbox', 'https://x.my.salesforce.com', 'x', '66.0', '{}')`;
    await sql`
      INSERT INTO orgdock.connections (id, environment_id, owner_id, org_id, salesforce_user_id, username,
        user_display_name, instance_url, token_host, client_id, scopes, grant_id, state, lease_until)
      VALUES (${id}, ${environmentId}, ${personId}, '00D', '005', 'ada', 'Ada', 'https://x.my.salesforce.com',
        'https://x.my.salesforce.com', 'x', '{}', ${randomUUID()}, ${state}, now() - interval '1 second')`;
  });
  return id;
}

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await admin<Array<{ state: string }>>`SELECT state FROM orgdock.connections WHERE id = ${id}`;
  return row?.state;
}

describe('the jobs of a portal', () => {
  it('run in it, and are stopped first when it stops, without a word of trouble', async () => {
    const portal = await startPortal();
    const id = await makeConnection('refreshing');
    await admin`SELECT graphile_worker.add_job('health')`;
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('uncertain');
    portal.child.kill('SIGTERM');
    expect(await portal.ended).toBe(0);
    const lines = portal.output().trim().split('\n');
    const order = ['SIGTERM: taking no new work.', 'the job worker has stopped', 'Stopped.'];
    const places = order.map((words) => lines.findIndex((line) => line.includes(words)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    const trouble = lines.filter((line) => /"level":(?:50|60)|Error|Trace|rejection|Warning/.test(line));
    expect(trouble).toEqual([]);
  });

  it('are waited for when they are at work', async () => {
    const mailServer = await startMailServer();
    const portal = await startPortal({ ORGDOCK_SMTP_URL: mailServer.url });
    mailServer.beforeMail = async () => {
      portal.child.kill('SIGTERM');
      await portal.says('SIGTERM: taking no new work.');
    };
    const id = await makeConnection('needs_reconnect');
    await admin`SELECT graphile_worker.add_job('notices')`;
    expect(await portal.ended).toBe(0);
    expect(mailServer.mails).toMatchObject([{ to: ['ada@acme.example'] }]);
    const [notice] = await admin`
      SELECT mailed_at IS NOT NULL AS mailed FROM orgdock.notifications WHERE connection_id = ${id}`;
    expect(notice).toEqual({ mailed: true });
    expect(await admin`SELECT 1 FROM graphile_worker.jobs WHERE locked_at IS NOT NULL`).toEqual([]);
  });

  it('of two portals on one database are run once', async () => {
    // Who ran what: PostgreSQL tells when a worker takes a job.
    await admin.unsafe(`
      CREATE TABLE public.taken (task_id int, worker text);
      GRANT INSERT ON public.taken TO PUBLIC;
      CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO public.taken VALUES (new.task_id, new.locked_by); RETURN new; END';
      CREATE TRIGGER note AFTER UPDATE ON graphile_worker._private_jobs FOR EACH ROW
        WHEN (old.locked_by IS NULL AND new.locked_by IS NOT NULL) EXECUTE FUNCTION public.note();
      UPDATE graphile_worker._private_known_crontabs
         SET known_since = now() - interval '3 days', last_execution = now() - interval '2 days'
       WHERE identifier = 'retention'`);
    const taken = async () => {
      const [row] = await admin<[{ count: number }]>`
        SELECT count(*)::int AS count FROM public.taken
          JOIN graphile_worker._private_tasks ON id = task_id WHERE identifier = 'retention'`;
      return row.count;
    };
    // The daily sweep was missed while no portal ran: both find that at their start.
    const [one, two] = await Promise.all([startPortal(), startPortal()]);
    await expect.poll(taken, { timeout: 20_000 }).toBe(1);
    const executed = async () => {
      const [row] = await admin<[{ recent: boolean }]>`
        SELECT last_execution > now() - interval '1 day' AS recent
          FROM graphile_worker._private_known_crontabs WHERE identifier = 'retention'`;
      return row.recent;
    };
    expect(await executed()).toBe(true);
    for (const portal of [one, two]) {
      portal.child.kill('SIGTERM');
      expect(await portal.ended).toBe(0);
    }
    expect(await taken()).toBe(1);
  });
});
