import type { AuthOptions } from 'next-auth';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser } from '@/tests/browser';
import { consent, makeStubEnvironment } from '@/tests/consent';
import { makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

/** Everything that next-auth handed to a callback, an event or a logger, and got from the provider. */
const heard = vi.hoisted(() => ({ names: new Set<string>(), text: '' }));

vi.mock('next-auth', async (importOriginal) => {
  type Handler = (request: unknown, response: unknown, options: AuthOptions) => Promise<unknown>;
  const original = (await importOriginal()) as { default: Handler | { default: Handler } };
  const handler = typeof original.default === 'function' ? original.default : original.default.default;

  const note = (name: string, value: unknown) => {
    heard.names.add(name);
    const plain = value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value;
    heard.text += `${name} ${JSON.stringify(plain, (_, part) => (part instanceof Error ? String(part.stack) : part))}\n`;
  };
  const spyOn = (group: string, functions: object): object =>
    new Proxy(functions, {
      get:
        (target, name: string) =>
        (...parts: unknown[]) => {
          note(`${group}.${name}`, parts);
          const own = (target as Record<string, ((...parts: unknown[]) => unknown) | undefined>)[name];
          const result = own?.(...parts);
          void Promise.resolve(result).then(
            (value) => note(`${group}.${name} gave`, value),
            (error: unknown) => note(`${group}.${name} threw`, error),
          );
          return result;
        },
      has: () => true,
      ownKeys: () => [
        'signIn',
        'jwt',
        'session',
        'redirect',
        'error',
        'warn',
        'debug',
        'linkAccount',
        'createUser',
      ],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });

  const spying = (options: AuthOptions): AuthOptions => {
    const [provider] = options.providers as unknown as [
      Record<'token' | 'userinfo', { request: (context: { tokens?: unknown }) => Promise<unknown> }>,
    ];
    for (const part of ['token', 'userinfo'] as const) {
      const { request } = provider[part];
      provider[part].request = async (context) => {
        note(`provider.${part} sees`, context.tokens ?? null);
        const result = await request(context);
        note(`provider.${part} gave`, result);
        return result;
      };
    }
    return {
      ...options,
      debug: true,
      callbacks: spyOn('callbacks', options.callbacks ?? {}),
      events: { signIn: (message) => note('events.signIn', message) },
      logger: spyOn('logger', options.logger ?? {}),
    };
  };
  return {
    ...original,
    default: (request: unknown, response: unknown, options: AuthOptions) =>
      handler(request, response, spying(options)),
  };
});

beforeEach(() => {
  heard.names.clear();
  heard.text = '';
});

const person = async () => {
  const browser = new Browser();
  await browser.signIn(await makePerson());
  return browser;
};

describe('next-auth', () => {
  it('sees no token of a connect: not in a callback, not in its log, not from the provider', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    const location = await consent(
      await person(),
      stub,
      { environment: slug, intent: 'connect' },
      stubUser('ada'),
    );
    expect(location).toMatch(/^\/connections\//);
    expect([...heard.names]).toEqual(
      expect.arrayContaining(['provider.token gave', 'callbacks.signIn', 'logger.debug']),
    );
    expect(stub.issued).toHaveLength(3);
    for (const token of stub.issued) expect(heard.text).not.toContain(token);
    expect(heard.text).not.toContain(stub.clientSecret);
  });

  it('sees no token of a sign-in, and puts none into its cookie', async () => {
    const stub = await startSalesforceStub();
    const bob = stubUser('bob');
    const { slug } = await makeStubEnvironment(stub, {
      membership: 'everyone_of_org',
      expectedOrgId: bob.orgId,
    });
    const browser = new Browser();
    expect(await consent(browser, stub, { environment: slug, intent: 'sign_in' }, bob)).toBe('/');
    expect([...heard.names]).toEqual(
      expect.arrayContaining(['callbacks.jwt', 'callbacks.jwt gave', 'events.signIn']),
    );
    for (const token of stub.issued) expect(heard.text).not.toContain(token);
    const { decode } = await import('next-auth/jwt');
    const { sessionSecret } = await import('@/lib/session/token');
    const claims = await decode({
      token: browser.cookies.get('orgdock.session') ?? '',
      secret: sessionSecret(),
    });
    expect(Object.keys(claims ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid']);
  });

  it('hears of a failure only that there was one', async () => {
    const stub = await startSalesforceStub();
    const { slug } = await makeStubEnvironment(stub);
    stub.override.token = (_, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: 'invalid_grant', error_description: 'words of Salesforce' }));
    const location = await consent(
      await person(),
      stub,
      { environment: slug, intent: 'connect' },
      stubUser('eve'),
    );
    expect(location).toMatch(/^\/consent\//);
    expect(heard.text).toContain('the consent was refused');
    expect(heard.text).not.toContain('words of Salesforce');
  });
});
