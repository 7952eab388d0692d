import { encode } from 'next-auth/jwt';
import { expect, test } from '../fixtures';
import type { Stack } from '../stack';
import { Visitor } from './visitor';

const NAME = 'orgdock.session';

/** Where `/account` leads with this value of the session cookie: 200 when somebody is signed in by it. */
async function statusWith(stack: Stack, cookie: string): Promise<number> {
  const answer = await fetch(`${stack.portal}/account`, { headers: { cookie }, redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.status;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a session cookie that was tampered with, made up or borrowed signs nobody in', async ({ stack }) => {
  const grace = new Visitor(stack);
  await grace.signIn();
  const value = new RegExp(`${NAME}=([^;]+)`).exec(grace.cookie)?.[1] ?? '';
  expect(await statusWith(stack, `${NAME}=${value}`), 'the true one').toBe(200);
  const [session] = await stack.sql`SELECT id FROM orgdock.sessions WHERE ended_at IS NULL`;
  const sid = session?.id as string;
  const secret = String(stack.environment.NEXTAUTH_SECRET);
  const parts = value.split('.');
  const attempt = /orgdock\.attempt=([^;]+)/.exec(grace.cookie)?.[1] ?? '';

  const flipped = parts.flatMap((part, index) => {
    if (part === '') return [];
    const at = Math.floor(part.length / 2);
    const bent = part.slice(0, at) + (part[at] === 'A' ? 'B' : 'A') + part.slice(at + 1);
    return [parts.with(index, bent).join('.')];
  });
  const forged = [
    ...flipped,
    value.slice(0, -1),
    `${value}.`,
    parts.slice(0, 3).join('.'),
    `${base64({ alg: 'none' })}.${base64({ sid })}.`,
    `${base64({ alg: 'dir', enc: 'none' })}..${base64({ sid })}..`,
    await encode({ token: { sid }, secret: 'another secret of the same length, 40 characters' }),
    await encode({ token: { sid }, secret: 'x' }),
    await encode({ token: { sid }, secret, salt: 'orgdock set-up' }),
    await encode({ token: { sid }, secret, maxAge: -60 }),
    await encode({ token: { sid: `${sid}' OR ''='` }, secret }),
    await encode({ token: { sid: [sid] }, secret }),
    await encode({ token: { sub: sid, personId: sid }, secret }),
    await encode({ token: { sid: '00000000-0000-4000-8000-000000000000' }, secret }),
    sid,
    attempt,
    '',
    'null',
    'x'.repeat(8_000),
    '%00',
  ];
  for (const cookie of forged) {
    expect(await statusWith(stack, `${NAME}=${cookie}`), cookie.slice(0, 60)).toBe(307);
  }
  for (const cookie of [
    `${NAME}=${value}; ${NAME}=${value}`,
    `${NAME}=; ${NAME}=${value}`,
    `${NAME}.0=${value}`,
    `__Host-${NAME}=${value}`,
    `__Secure-next-auth.session-token=${value}`,
    `next-auth.session-token=${value}`,
    `ORGDOCK.SESSION=${value}`,
  ]) {
    expect(await statusWith(stack, cookie), cookie.slice(0, 40)).toBe(307);
  }
});

test('a cookie that was copied is worth nothing after signing out, and a planted one after signing in', async ({
  stack,
}) => {
  const grace = new Visitor(stack);
  await grace.signIn();
  const copied = grace.cookie;
  expect(await statusWith(stack, copied)).toBe(200);
  await grace.post('/api/sign-out', {});
  expect(await statusWith(stack, copied)).toBe(307);

  // Fixation: the attacker's own session stands in the victim's browser when the victim signs in.
  const attacker = new Visitor(stack);
  await attacker.signIn('franz');
  const planted = attacker.cookie;
  const victim = new Visitor(stack);
  victim.browser.setCookie(stack.portal, NAME, /orgdock\.session=([^;]+)/.exec(planted)?.[1] ?? '');
  await victim.signIn('grace');
  expect(victim.cookie).not.toContain(planted);
  expect(await statusWith(stack, planted), 'the old session has ended').toBe(307);
  expect((await victim.ask('/account')).body).toContain('Grace Whitmore');
});

test('every cookie is out of reach of scripts and of requests from other sites', async ({ stack }) => {
  const visitor = new Visitor(stack);
  const set: string[] = [];
  const keep = ({ headers }: { headers: Headers }) => set.push(...headers.getSetCookie());
  keep(await visitor.post('/api/consent', { environment: 'production', intent: 'sign_in' }));
  keep(
    await visitor.ask(
      await visitor.allow(await visitor.begin({ environment: 'production', intent: 'sign_in' })),
    ),
  );
  for (const path of ['/', '/account', '/sign-in', '/api/ready']) keep(await visitor.ask(path));
  keep(await visitor.post('/api/sign-out', {}));
  expect(new Set(set.map((line) => line.split('=')[0]))).toEqual(new Set([NAME, 'orgdock.attempt']));
  for (const line of set) {
    expect(line).toMatch(/; Path=\//i);
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    expect(line).not.toMatch(/; Domain=/i);
  }
});
