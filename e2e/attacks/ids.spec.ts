import { expect, test } from '../fixtures';
import { makeKey, withKey } from '../keys';
import { builtRoutes } from './built';
import { INTERNALS } from './raw';
import { Visitor } from './visitor';
import { endWorld, makeWorld, PROVIDER, WEBHOOK, type World } from './world';

/**
 * Every route of the built app whose address holds an id, with ids of things that exist and that a stranger does not
 * have. A route that is missing here fails the test. `own`: of one person; `admin`: of the administration; `file`: the same,
 * and what leaves by it is asked for with a POST. `act`: of one person, and asked for with a POST. `program`: for keys, which
 * act as their owners; whoever is signed in is nobody there. `program act`: the same, asked for with a POST. `program root`: of
 * keys that are bound to one connection.
 */
type Kind = 'own' | 'admin' | 'file' | 'act' | 'program' | 'program act' | 'program root';
const ROUTES: Record<string, { kind: Kind; paths: (ids: World['ids']) => string[] }> = {
  '/connections/[id]': {
    kind: 'own',
    paths: ({ connection, service }) => [`/connections/${connection}`, `/connections/${service}`],
  },
  '/api/v1/connections/[id]': {
    kind: 'program',
    paths: ({ connection, service }) => [
      `/api/v1/connections/${connection}`,
      `/api/v1/connections/${service}?environment=production`,
    ],
  },
  '/api/v1/connections/[id]/proxy/[...path]': {
    kind: 'program',
    paths: ({ connection, service }) => [
      `/api/v1/connections/${connection}/proxy/services/data/v66.0/limits`,
      `/api/v1/connections/${service}/proxy/services/data/v66.0/limits`,
    ],
  },
  '/api/v1/connections/[id]/records/[sobject]/[recordId]': {
    kind: 'program',
    paths: ({ connection, service }) => [
      `/api/v1/connections/${connection}/records/Account/001000000000001AAA`,
      `/api/v1/connections/${service}/records/Account/001000000000001AAA`,
    ],
  },
  '/api/v1/connections/[id]/query': {
    kind: 'program act',
    paths: ({ connection, service }) => [
      `/api/v1/connections/${connection}/query`,
      `/api/v1/connections/${service}/query`,
    ],
  },
  '/api/v1/connections/[id]/records/[sobject]': {
    kind: 'program act',
    paths: ({ connection }) => [`/api/v1/connections/${connection}/records/Account`],
  },
  '/api/v1/connections/[id]/token': {
    kind: 'program act',
    paths: ({ connection }) => [`/api/v1/connections/${connection}/token`],
  },
  '/services/[...path]': { kind: 'program root', paths: () => ['/services/data/v66.0/limits'] },
  '/api/v1/[...path]': {
    kind: 'program',
    paths: ({ connection }) => [`/api/v1/connection/${connection}`],
  },
  '/connections/[id]/accounts': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/connections/${connection}/accounts`,
      `/connections/${service}/accounts`,
    ],
  },
  '/connections/[id]/opportunities': {
    kind: 'own',
    paths: ({ connection }) => [`/connections/${connection}/opportunities?sort=Name&q=a`],
  },
  '/connections/[id]/doctor': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/connections/${connection}/doctor`,
      `/connections/${service}/doctor`,
    ],
  },
  '/connections/[id]/objects/[sobject]': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/connections/${connection}/objects/Contact?q=a`,
      `/connections/${service}/objects/Contact`,
    ],
  },
  '/api/connections/[id]/window': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/window?sobject=Account&q=acme`,
      `/api/connections/${service}/window?sobject=Account`,
    ],
  },
  '/api/connections/[id]/rows': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/rows?sobject=Account&offset=0`,
      `/api/connections/${service}/rows?sobject=Account&offset=0`,
    ],
  },
  '/connections/[id]/objects': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/connections/${connection}/objects`,
      `/connections/${service}/objects`,
    ],
  },
  '/api/connections/[id]/search': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/search?q=acme`,
      `/api/connections/${service}/search?q=acme`,
    ],
  },
  '/api/connections/[id]/record-counts': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/record-counts?sobjects=Account`,
      `/api/connections/${service}/record-counts?sobjects=Account`,
    ],
  },
  '/connections/[id]/records/[recordId]': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/connections/${connection}/records/001000000000001AAA`,
      `/connections/${service}/records/001000000000001`,
    ],
  },
  '/api/connections/[id]/open': {
    kind: 'act',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/open`,
      `/api/connections/${service}/open`,
    ],
  },
  '/api/connections/[id]/fields': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/fields?sobject=Account&path=Owner`,
      `/api/connections/${service}/fields?sobject=Account`,
    ],
  },
  '/api/connections/[id]/lookup': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/lookup?sobject=User&q=grace`,
      `/api/connections/${service}/lookup?sobject=User&q=grace`,
    ],
  },
  '/api/connections/[id]/charts': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/charts?sobject=Account&chart=by-Industry`,
      `/api/connections/${service}/charts?sobject=Account`,
    ],
  },
  '/api/connections/[id]/summary': {
    kind: 'own',
    paths: ({ connection, service }) => [
      `/api/connections/${connection}/summary?sobject=Account&fields=AnnualRevenue`,
      `/api/connections/${service}/summary?sobject=Account&fields=AnnualRevenue`,
    ],
  },
  // Of an environment that is open to everybody there is nothing to hide.
  '/connections/new/[slug]': {
    kind: 'own',
    paths: () => ['/connections/new/no-such', "/connections/new/production'"],
  },
  '/connect/[token]': {
    kind: 'own',
    paths: () => [`/connect/odl_${'x'.repeat(43)}`, "/connect/odl_'", '/connect/ODL'],
  },
  '/connect/done/[id]': { kind: 'own', paths: ({ connection }) => [`/connect/done/${connection}`] },
  '/connect/failed/[id]': { kind: 'own', paths: ({ failure }) => [`/connect/failed/${failure}`] },
  '/api/v1/connect-links/[id]': {
    kind: 'program',
    paths: ({ connection }) => [`/api/v1/connect-links/${connection}`],
  },
  '/consent/[id]': { kind: 'own', paths: ({ failure }) => [`/consent/${failure}`] },
  '/invite/[token]': {
    kind: 'own',
    paths: ({ invitation }) => [`/invite/${invitation}`, '/invite/attack', `/invite/${'x'.repeat(43)}`],
  },
  '/approve/[token]': {
    kind: 'own',
    paths: ({ approval }) => [`/approve/${approval}`, '/approve/approval', `/approve/${'x'.repeat(43)}`],
  },
  '/api/auth/[...nextauth]': {
    kind: 'own',
    paths: ({ session }) => [`/api/auth/session/${session}`, '/api/auth/session', '/api/auth/callback'],
  },
  '/account/api-keys/[id]': { kind: 'own', paths: ({ key }) => [`/account/api-keys/${key}`] },
  '/account/api-keys/[id]/policy': { kind: 'own', paths: ({ key }) => [`/account/api-keys/${key}/policy`] },
  '/account/api-keys/[id]/usage': { kind: 'own', paths: ({ key }) => [`/account/api-keys/${key}/usage`] },
  '/admin/api-keys/[id]/usage': { kind: 'admin', paths: ({ key }) => [`/admin/api-keys/${key}/usage`] },
  '/admin/api-keys/queries/[name]': { kind: 'admin', paths: () => ['/admin/api-keys/queries/getAccounts'] },
  '/api/v1/queries/[name]/run': {
    kind: 'program',
    paths: ({ connection, service }) => [
      `/api/v1/queries/getAccounts/run?connection=${connection}`,
      `/api/v1/queries/getAccounts/run?connection=${service}&environment=production`,
    ],
  },
  '/account/api-keys/[id]/dry-run': { kind: 'own', paths: ({ key }) => [`/account/api-keys/${key}/dry-run`] },
  '/admin/api-keys/[id]/dry-run': { kind: 'admin', paths: ({ key }) => [`/admin/api-keys/${key}/dry-run`] },
  '/admin/api-keys/[id]': { kind: 'admin', paths: ({ key }) => [`/admin/api-keys/${key}`] },
  '/admin/api-keys/[id]/policy': { kind: 'admin', paths: ({ key }) => [`/admin/api-keys/${key}/policy`] },
  '/admin/connections/[id]': {
    kind: 'admin',
    paths: ({ connection }) => [`/admin/connections/${connection}`],
  },
  '/admin/connections/breach/[id]': {
    kind: 'admin',
    paths: ({ breach }) => [`/admin/connections/breach/${breach}`],
  },
  '/admin/connections/reviews/[id]': {
    kind: 'admin',
    paths: ({ review }) => [`/admin/connections/reviews/${review}`],
  },
  '/api/access-reviews/[id]/export': {
    kind: 'file',
    paths: ({ review }) => [`/api/access-reviews/${review}/export`],
  },
  '/api/breaches/[id]/report': { kind: 'file', paths: ({ breach }) => [`/api/breaches/${breach}/report`] },
  '/admin/environments/[slug]/doctor': {
    kind: 'admin',
    paths: () => ['/admin/environments/production/doctor'],
  },
  '/admin/environments/[slug]': { kind: 'admin', paths: () => ['/admin/environments/production'] },
  '/admin/environments/[slug]/app': {
    kind: 'admin',
    paths: () => ['/admin/environments/production/app'],
  },
  '/api/environments/[slug]/app-pack': {
    kind: 'file',
    paths: () => ['/api/environments/production/app-pack'],
  },
  '/admin/environments/[slug]/exchange': {
    kind: 'admin',
    paths: () => ['/admin/environments/production/exchange'],
  },
  '/admin/environments/[slug]/settings': {
    kind: 'admin',
    paths: () => ['/admin/environments/production/settings'],
  },
  '/admin/environments/[slug]/service/[id]': {
    kind: 'admin',
    paths: ({ service }) => [`/admin/environments/production/service/${service}`],
  },
  '/admin/environments/[slug]/service/new': {
    kind: 'admin',
    paths: () => ['/admin/environments/production/service/new?flow=client_credentials'],
  },
  '/admin/people/[id]': { kind: 'admin', paths: ({ person }) => [`/admin/people/${person}`] },
  '/admin/webhooks/[id]': {
    kind: 'admin',
    paths: () => [`/admin/webhooks/${WEBHOOK}`],
  },
  '/admin/identity-providers/[slug]': {
    kind: 'admin',
    paths: () => [`/admin/identity-providers/${PROVIDER}`],
  },
};

/** What only the owner or an administrator may read: names of records, people, connections. */
const PRIVATE = /Acme Corporation|Grace Whitmore|grace@acme|Hidden robot|Attacked|Bluth/;

/** The same id as somebody writes it who hopes that only one of two comparisons is exact. */
const disguises = (id: string) => [
  id.toUpperCase(),
  `{${id}}`,
  `${id}%00`,
  `${id}%20`,
  `${id}'`,
  `${id}.json`,
  `${id}%2faccounts`,
  id.replaceAll('-', ''),
  `00000000-0000-4000-8000-000000000000,${id}`,
];

test.afterEach(({ stack }) => endWorld(stack));

test('every route with an id has its line in the matrix', () => {
  expect(builtRoutes().filter((route) => route.includes('['))).toEqual(Object.keys(ROUTES).sort());
});

test('ids of others open nothing, to strangers, to auditors, and records not even to administrators', async ({
  stack,
}) => {
  const { franz, ada, ids } = await makeWorld(stack);
  const wrong: string[] = [];
  const expectRefusal = async (
    who: string,
    visitor: Visitor,
    path: string,
    wanted: number[],
    isPost = false,
  ) => {
    const { status, body, headers } = await (isPost ? visitor.post(path, {}) : visitor.ask(path));
    if (!wanted.includes(status)) wrong.push(`${who}, ${path}: ${status}`);
    if (PRIVATE.test(body)) wrong.push(`${who}, ${path}: shows ${PRIVATE.exec(body)}`);
    if (INTERNALS.test(body)) wrong.push(`${who}, ${path}: shows ${INTERNALS.exec(body)}`);
    if (!headers.get('cache-control')?.includes('no-store')) wrong.push(`${who}, ${path}: may be cached`);
  };
  const keys = [await makeKey(stack, 'franz'), await makeKey(stack, 'ada')];
  const expectProgramRefused = async (path: string, kind: Kind) => {
    const isPost = kind === 'program act';
    for (const visitor of [new Visitor(stack), franz, ada]) {
      await expectRefusal('a person', visitor, path, [401], isPost);
    }
    for (const key of keys) {
      const program = new Visitor(stack);
      const headers = withKey(key);
      const answer = await (isPost ? program.post(path, {}, headers) : program.ask(path, { headers }));
      if (answer.status !== (kind === 'program root' ? 403 : 404))
        wrong.push(`a key, ${path}: ${answer.status}`);
      if (PRIVATE.test(answer.body)) wrong.push(`a key, ${path}: shows ${PRIVATE.exec(answer.body)}`);
    }
  };
  for (const { kind, paths } of Object.values(ROUTES)) {
    for (const path of paths(ids)) {
      if (kind.startsWith('program')) {
        await expectProgramRefused(path, kind);
        continue;
      }
      const isPost = kind === 'file' || kind === 'act';
      const isOwn = kind === 'own' || kind === 'act';
      const signedOut = isPost || /^\/api\/(?:connections|v1)\//.test(path) ? [401] : [307, 404];
      await expectRefusal('nobody', new Visitor(stack), path, signedOut, isPost);
      await expectRefusal('a member', franz, path, [isOwn ? 404 : 403], isPost);
      if (isOwn) await expectRefusal('an administrator', ada, path, [404], isPost);
    }
  }
  for (const id of disguises(ids.connection)) {
    await expectRefusal('a member', franz, `/connections/${id}`, [400, 404]);
  }
  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE display_name LIKE 'Franz%'`;
  for (const path of ['', '/accounts', '/opportunities']) {
    await expectRefusal('an auditor', franz, `/connections/${ids.connection}${path}`, [404, 403]);
  }
  await stack.sql`UPDATE orgdock.people SET role = 'member' WHERE display_name LIKE 'Franz%'`;
  expect(wrong).toEqual([]);
});

test('a consent cannot be begun about the connection of somebody else', async ({ stack }) => {
  const { grace, franz, ids } = await makeWorld(stack);
  const renew = (reconnect: string, environment = 'production') => ({
    ...{ environment, intent: 'connect', reconnect },
  });
  for (const body of [
    renew(ids.connection),
    renew(ids.service),
    renew(ids.connection, 'uat'),
    renew("' OR ''='"),
  ]) {
    expect((await franz.post('/api/consent', body)).status, JSON.stringify(body)).toBe(404);
  }
  expect((await grace.post('/api/consent', renew(ids.connection))).status, 'its owner may').toBe(200);
});

test('no page of somebody who is signed in may be kept by a cache', async ({ stack }) => {
  const { grace, ada, ids } = await makeWorld(stack);
  const places = builtRoutes().filter(
    (route) => !/^\/(?:_|api\/v1\/|services\/)/.test(route) && route !== '/icon.svg',
  );
  for (const [who, visitor] of [
    ['a member', grace],
    ['an administrator', ada],
  ] as const) {
    const nonces = new Set<string>();
    for (const route of places) {
      const path = (ROUTES[route]?.paths(ids)[0] ?? route).replace('[...nextauth]', 'session');
      for (const headers of [{}, { rsc: '1' }] as Array<Record<string, string>>) {
        let answer = await visitor.ask(path, { headers });
        // Next wants the pieces of a page under an address of their own.
        const pieces = answer.headers.get('location') ?? '';
        if (/[?&]_rsc\b/.test(pieces)) answer = await visitor.ask(pieces, { headers });
        // Next's own answer to a method that a route lacks says nothing.
        if (answer.status !== 405) {
          expect(answer.headers.get('cache-control') ?? '', `${who}, ${path}`).toContain('no-store');
        }
        expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
        expect(answer.headers.get('x-frame-options'), path).toBe('DENY');
        const referrers = /^\/(?:approve|connect)\//.test(path) ? 'no-referrer' : 'same-origin';
        expect(answer.headers.get('referrer-policy'), path).toBe(referrers);
        expect(answer.headers.get('x-powered-by'), path).toBeNull();
        nonces.add(/'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '');
      }
    }
    expect(nonces.size, 'each answer has a nonce of its own').toBe(places.length * 2);
  }
});
