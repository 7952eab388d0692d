import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures';
import { INTERNALS } from './raw';
import { Visitor } from './visitor';
import { endWorld, makeWorld } from './world';

const SOQL = [
  "x' OR Name != '",
  "x\\' OR Name != \\'",
  "x\\\\' OR Name != '",
  "' OR Id IN (SELECT AccountId FROM Contact) OR Name = '",
  "x'); DELETE FROM Account; --",
  "x' LIMIT 1 OFFSET 0 ALL ROWS FOR VIEW --",
  '%',
  '_%_',
  'x\u0000y',
  'x\u2019 OR Name != \u2019',
  "x\nOR Name != ''",
  '{"$ne":null}',
  '\ud800',
  ':bind',
];
const SQL = [
  "x' OR '1'='1",
  "x'; SELECT pg_sleep(20); --",
  'x\u0000y',
  '\ud800',
  "x') UNION SELECT secret FROM orgdock.connection_secrets --",
  "%' ESCAPE '",
  '\\',
  '1); DROP TABLE orgdock.people; --',
  '$1',
  '../../etc/passwd',
  '{{7*7}}#{7*7}<%= 7*7 %>',
];

const ACTED = 4;

/** As part of an address; half a surrogate as the bytes that are no UTF-8. */
const encoded = (payload: string) => (payload === '\ud800' ? '%ed%a0%80' : encodeURIComponent(payload));

/** A query without what its literals say: what an injection would change. */
const skeletonOf = (soql: string) => soql.replace(/'(?:[^'\\]|\\.)*'/g, '?');

const withoutOrder = (soql: string) => soql.replace(/ORDER BY .*?(?= LIMIT|$)/, '');

test('no filter of a grid says anything to Salesforce but a literal or a known field', async ({ stack }) => {
  const grace = new Visitor(stack);
  await grace.signIn();
  const id = await grace.connect();
  for (const sobject of ['accounts', 'opportunities']) {
    const queriesOf = async (search: Record<string, string>) => {
      await stack.control.clearLedger();
      const answer = await grace.ask(`/connections/${id}/${sobject}?${new URLSearchParams(search)}`);
      // No address holds a null character: PostgreSQL cannot even look for one.
      const wanted = JSON.stringify(search).includes('\\u0000') ? 400 : 200;
      expect(answer.status, JSON.stringify(search)).toBe(wanted);
      expect(answer.body, JSON.stringify(search)).not.toMatch(INTERNALS);
      const requests = await stack.control.listRequests({ org: 'production' });
      for (const { status, path } of requests) expect(status, `${path} ${JSON.stringify(search)}`).toBe(200);
      return requests.flatMap(({ params }) => (params.q === undefined ? [] : [skeletonOf(params.q)]));
    };
    const [plain = ''] = await queriesOf({});
    const [searched = ''] = await queriesOf({ q: 'Acme' });
    expect(searched).toContain('?');
    for (const payload of SOQL) {
      // What cannot be searched for is not asked at all.
      for (const query of await queriesOf({ q: payload })) expect(query, payload).toBe(searched);
      const others = ['sort', 'page', 'columns', 'filter', 'view', 'sobject', 'id'];
      const everywhere = Object.fromEntries(others.map((name) => [name, payload]));
      for (const query of await queriesOf(everywhere)) expect(query, payload).toBe(plain);
      for (const query of await queriesOf({ sort: `-Name,${payload}` })) {
        expect(withoutOrder(query), payload).toBe(withoutOrder(plain));
        expect(query, payload).not.toContain(payload);
      }
    }
  }
  expect((await stack.control.counts()).unknown).toBe(0);
});

test('no filter, no id and no field of a form says anything to the database but a value', async ({
  stack,
  steps,
}) => {
  const { ada, franz } = await makeWorld(stack);
  await steps.prove('ada');
  const before = stack.output().length;
  for (const [index, payload] of SQL.entries()) {
    const value = encoded(payload);
    const everywhere = (names: string[]) => names.map((name) => `${name}=${value}`).join('&');
    for (const path of [
      `/admin/audit?${everywhere(['q', 'group', 'outcome', 'subject', 'period', 'before'])}`,
      `/admin/audit?${everywhere(['person', 'from', 'to'])}`,
      `/admin/connections?${everywhere(['q', 'environment', 'health', 'sort', 'page'])}`,
      `/admin/connections?environment=${value}`,
      `/admin/people?${everywhere(['q', 'role', 'state', 'sort', 'page'])}`,
      `/sign-in?${everywhere(['link', 'callbackUrl', 'fresh'])}`,
    ]) {
      const started = performance.now();
      const { status, body } = await ada.ask(path);
      expect(performance.now() - started, `nobody slept over ${path}`).toBeLessThan(20_000);
      expect(status, path).toBe(value.includes('%00') ? 400 : 200);
      expect(body, path).not.toMatch(INTERNALS);
    }
    for (const path of [
      ...[
        '/connections',
        '/admin/connections',
        '/admin/people',
        '/admin/environments',
        '/invite',
        '/consent',
      ].map((folder) => `${folder}/${value.replaceAll('..', '%2e%2e')}`),
      `/admin/environments/production/service/${value}`,
      `/admin/identity-providers/${value}`,
    ]) {
      const { status, body } = await ada.ask(path);
      // An invitation that is not there has a page that says so; what is no UTF-8 is no path.
      expect([200, 400, 404], path).toContain(status);
      expect(body, path).not.toMatch(INTERNALS);
    }
    // Actions share their ways into the database: the first payloads go through all of them.
    for (const [name, args] of Object.entries(
      index < ACTED
        ? {
            disconnectAction: [payload],
            dismissPendingConsentAction: [payload],
            dismissNoticeAction: [payload],
            endSessionAction: [payload],
            revokeConnectionAction: [payload],
            withdrawInvitationAction: [payload],
            refuseRequestAction: [payload],
            deactivateAction: [payload],
            endSessionOfAction: [payload, payload],
            unchoosePersonAction: [payload, payload],
            unshareServiceAction: [payload, payload],
            enableProviderAction: [payload],
            deleteEnvironmentAction: [payload, payload],
            pinExpectedOrgAction: [payload, payload],
          }
        : {},
    )) {
      const page = PAGES[name] ?? '/account';
      const code = await ada.act(name, args, { page });
      expect(['NOT_FOUND', 'INVALID_INPUT', 'CONFLICT'], `${name}(${payload}): ${code}`).toContain(code);
    }
    for (const [path, body] of [
      ['/api/consent', { environment: payload, intent: 'sign_in' }],
      ['/api/consent', { environment: 'production', intent: 'sign_in', invitation: payload }],
      ['/api/provider-sign-in', { provider: payload, intent: 'sign_in' }],
      ['/api/sign-in-link', { link: payload }],
    ] as const) {
      expect([400, 404, 410, 429], `${path} ${payload}`).toContain((await franz.post(path, body)).status);
    }
    const code = await franz.ask(`/api/auth/callback/production?code=${value}&state=${value}`);
    expect(code.headers.get('location')).toBe(value.includes('%00') ? null : '/consent/unknown');
  }
  expect(stack.output().slice(before)).not.toMatch(/unexpected error|invalid byte sequence|syntax error/);
  await stack.sql`DELETE FROM orgdock.rate_limits`;
  await endWorld(stack);
});

const PAGES: Record<string, string> = {
  disconnectAction: '/connections/x',
  revokeConnectionAction: '/admin/connections/x',
  withdrawInvitationAction: '/admin/people',
  refuseRequestAction: '/admin/people',
  deactivateAction: '/admin/people',
  endSessionOfAction: '/admin/people',
  unchoosePersonAction: '/admin/people',
  unshareServiceAction: '/admin/environments/production',
  enableProviderAction: '/admin/identity-providers',
  deleteEnvironmentAction: '/admin/environments/production',
  pinExpectedOrgAction: '/admin/environments/production',
};

const IMAGE = '<img src=x onerror=alert(1)>';
const SCRIPT = '</script><script>alert(2)</script>';
const FORMULA = '=HYPERLINK("https://evil.example","click")';

test('markup and formulas in the data of an org are text everywhere, and the browser runs none of it', async ({
  page,
  steps,
  stack,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  for (const field of ['Account.Industry', 'Account.Name', 'Opportunity.StageName', 'Opportunity.Name']) {
    await stack.control.act({ act: 'fill_field', org: 'production', field, value: `${IMAGE}${SCRIPT}` });
  }
  await stack.control.act({ act: 'fill_field', org: 'production', field: 'Organization.Name', value: IMAGE });
  const id = await steps.connect(page, 'production', 'ada');
  await steps.prove('ada');
  const { sql } = stack;
  const [was] = await sql`SELECT display_name AS name, id FROM orgdock.people WHERE role = 'admin'`;
  await sql`UPDATE orgdock.people SET display_name = ${`${FORMULA}${IMAGE}`} WHERE id = ${was?.id}`;
  await sql`UPDATE orgdock.identities SET username = username || ${SCRIPT} WHERE person_id = ${was?.id}`;
  await sql`UPDATE orgdock.connections SET user_display_name = ${SCRIPT}, username = ${IMAGE},
    problem_code = 'GRANT_REVOKED', problem_error = ${IMAGE}, problem_description = ${SCRIPT}`;
  await sql`UPDATE orgdock.sessions SET user_agent = ${SCRIPT}, signed_in_via = ${IMAGE}`;
  await sql`INSERT INTO orgdock.access_requests (issuer, subject, display_name, message, email, username)
    VALUES ('x', 'x', ${IMAGE}, ${SCRIPT}, ${IMAGE}, ${SCRIPT})`;
  await sql`UPDATE orgdock.environments SET expected_org_name = ${IMAGE}`;

  try {
    for (const [path, shown] of [
      ['/', IMAGE],
      ['/account', IMAGE],
      [`/connections/${id}`, IMAGE],
      [`/connections/${id}/accounts`, SCRIPT],
      [`/connections/${id}/opportunities`, SCRIPT],
      [
        `/connections/${id}/accounts?q=${encodeURIComponent(SCRIPT)}&sort=${encodeURIComponent(IMAGE)}`,
        IMAGE,
      ],
      [`/admin/connections/${id}`, IMAGE],
      ['/admin/connections', IMAGE],
      ['/admin/people', IMAGE],
      [`/admin/people/${was?.id}`, IMAGE],
      ['/admin/environments/production', IMAGE],
      [`/admin/audit?q=${encodeURIComponent(IMAGE)}`, IMAGE],
      ['/admin/audit', IMAGE],
    ] as const) {
      await page.goto(path);
      await expect(page.locator('body'), path).toContainText(shown);
      const planted = await page.locator('img[src="x"], [onerror]').count();
      expect(planted, `${path} holds elements that came from data`).toBe(0);
    }
    await page.locator('[data-action] summary').first().click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv).toContain('HYPERLINK');
    expect(csv.split(/\r\n|,(?=")/).filter((cell) => /^"?[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  } finally {
    await sql`UPDATE orgdock.people SET display_name = ${was?.name} WHERE id = ${was?.id}`;
    await sql`UPDATE orgdock.identities SET username = replace(username, ${SCRIPT}, '')`;
    await sql`UPDATE orgdock.environments SET expected_org_name = 'Acme Corporation' WHERE slug = 'production'`;
    await sql`UPDATE orgdock.environments SET expected_org_name = 'Acme Corporation (UAT)' WHERE slug = 'uat'`;
  }
  expect(dialogs).toEqual([]);
});
