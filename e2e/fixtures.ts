import { expect, type Page, test as playwright } from '@playwright/test';
import { DEMO_PASSWORD, type DemoUser, PRODUCTION, UAT } from '@/simulator/seed/facts';
import { describePages } from './describe-pages';
import { ConsentPage } from './pages/consent-page';
import { type Stack, startStack } from './stack';
import { type ConsentRequest, walkConsent } from './walk-consent';

export type EnvironmentSlug = 'production' | 'uat';

/** What a test does to get somewhere; with `byPages` through the same pages as a person. */
export interface Steps {
  /** Signs in through an environment; ends wherever Orgdock leads. */
  signIn: (page: Page, user?: DemoUser, environment?: EnvironmentSlug) => Promise<void>;
  /** Signs in if need be and connects an org; ends at its connection, whose id it is. */
  connect: (page: Page, environment?: EnvironmentSlug, user?: DemoUser) => Promise<string>;
  /** As `signIn` and `connect`, for a test that opens a page itself next: this one shows none. */
  signedIn: (page: Page, user?: DemoUser, environment?: EnvironmentSlug) => Promise<void>;
  connected: (page: Page, environment?: EnvironmentSlug, user?: DemoUser) => Promise<string>;
  /** Makes a person's sessions fresh by SQL: signing in is no proof. Tests of the proof itself go through the page. */
  prove: (user: DemoUser) => Promise<void>;
}

interface Fixtures {
  steps: Steps;
  /** Whether `steps` go through the pages, in the specs about these pages; each costs seconds of a core. */
  byPages: boolean;
  /** Browser noise that a test brings about, such as a 404; anything else fails it. */
  expectedNoise: RegExp | null;
  /** What the browser's console said. */
  consoleLines: string[];
  quiet: undefined;
  clean: undefined;
  told: undefined;
}

const FACTS = { production: PRODUCTION, uat: UAT };
const LABEL = { production: 'Production', uat: 'UAT' };

/** The Salesforce username of a demo user in an environment's org. */
export function usernameOf(user: DemoUser, environment: EnvironmentSlug = 'production'): string {
  return FACTS[environment].users[user].username;
}

function connectionIn(path: string): string {
  const id = /^\/connections\/([0-9a-f-]{36})/.exec(path)?.[1];
  if (!id) throw new Error(`Nothing is connected: ${path}`);
  return id;
}

export const test = playwright.extend<Fixtures, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: async ({ stack }, use) => use(stack.portal),

  clean: [
    async ({ stack, consoleLines }, use) => {
      await stack.reset();
      await use(undefined);
      const leaks = await stack.leaks([
        { name: 'the console of the browser', text: consoleLines.join('\n') },
      ]);
      expect(leaks, 'no token, code, verifier or secret was answered, logged or stored in the clear').toEqual(
        [],
      );
      const { unknown, violations } = await stack.control.counts();
      expect(unknown, 'the product asked Salesforce for something that the simulator does not know').toBe(0);
      expect(violations, 'a consumed refresh token reached Salesforce').toBe(0);
    },
    { auto: true },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here
  consoleLines: async ({}, use) => use([]),

  expectedNoise: [null, { option: true }],

  quiet: [
    async ({ context, consoleLines, expectedNoise }, use) => {
      const noise: string[] = [];
      context.on('console', (message) => {
        consoleLines.push(message.text());
        if (message.type() !== 'error' && message.type() !== 'warning') return;
        noise.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => {
        consoleLines.push(String(error.error()));
        noise.push(`uncaught: ${error.error()}`);
      });
      await use(undefined);
      const surprises = noise.filter((line) => !expectedNoise?.test(line));
      expect(surprises, 'the browser console is silent').toEqual([]);
    },
    { auto: true },
  ],

  told: [
    // The context is asked for so that it is closed later than this looks at its pages.
    async ({ browser, context: _ }, use, info) => {
      await use(undefined);
      if (info.status === info.expectedStatus) return;
      process.stdout.write(`\n${info.title}\n${await describePages(browser)}\n`);
    },
    { auto: true },
  ],

  byPages: [false, { option: true }],

  steps: async ({ stack, byPages }, use) => {
    const signedIn: Steps['signedIn'] = async (page, user = 'grace', environment = 'production') => {
      await walk(page, { environment, intent: 'sign_in' }, user);
    };
    const connected: Steps['connected'] = async (page, environment = 'production', user = 'grace') => {
      const cookies = await page.context().cookies(stack.portal);
      if (!cookies.some(({ name }) => name === 'orgdock.session')) await signedIn(page, user);
      return connectionIn(await walk(page, { environment, intent: 'connect' }, user));
    };
    const walk = (page: Page, body: ConsentRequest & { environment: EnvironmentSlug }, user: DemoUser) => {
      const username = usernameOf(user, body.environment);
      return walkConsent(page.context(), { portal: stack.portal, body, username });
    };
    const signIn: Steps['signIn'] = async (page, user = 'grace', environment = 'production') => {
      if (byPages) {
        await page.goto('/sign-in');
        await page.getByRole('button', { name: `Sign in through ${LABEL[environment]}` }).click();
        const consent = new ConsentPage(page, stack.portal);
        await consent.logInAndAllow(usernameOf(user, environment), DEMO_PASSWORD);
      } else await page.goto(await walk(page, { environment, intent: 'sign_in' }, user));
      await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible();
    };
    const connect: Steps['connect'] = async (page, environment = 'production', user = 'grace') => {
      if (!byPages) {
        const id = await connected(page, environment, user);
        await page.goto(`/connections/${id}`);
        return id;
      }
      await page.goto('/');
      if (new URL(page.url()).pathname === '/sign-in') await signIn(page, user);
      await page.goto('/');
      await page.getByRole('button', { name: `Connect ${LABEL[environment]}` }).click();
      await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf(user, environment), DEMO_PASSWORD);
      await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
      return connectionIn(new URL(page.url()).pathname);
    };
    const prove: Steps['prove'] = async (user) => {
      await stack.sql`UPDATE orgdock.sessions SET authenticated_at = now() WHERE person_id IN
        (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf(user)})`;
    };
    await use({ signIn, connect, signedIn, connected, prove });
  },
});

export { expect };
