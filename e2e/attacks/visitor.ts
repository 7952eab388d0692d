import { DEMO_PASSWORD, type DemoUser } from '@/simulator/seed/facts';
import { TestBrowser } from '@/simulator/testing/browser';
import { type EnvironmentSlug, usernameOf } from '../fixtures';
import type { Stack } from '../stack';
import { builtActions } from './built';

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** What an action answered: the code of its problem, `ok`, `null` or `text`; `error` or a status when Next refused it. */
export type ActionCode = string;

/** Somebody with a browser that does what they tell it, over plain HTTP. */
export class Visitor {
  readonly browser = new TestBrowser();

  constructor(private readonly stack: Stack) {}

  /** The value of this browser's Cookie header. */
  get cookie(): string {
    return this.browser.cookieOf(this.stack.portal);
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await this.browser.request(this.stack.portal + path, init);
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  /** As a page of the portal posts JSON. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      headers: { origin: this.stack.portal, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Begins a consent; the address of Salesforce's page. */
  async begin(body: Record<string, unknown>): Promise<string> {
    const { status, body: text } = await this.post('/api/consent', body);
    if (status !== 200) throw new Error(`The consent did not begin: ${status} ${text}`);
    return (JSON.parse(text) as { url: string }).url;
  }

  /** Logs in and allows at Salesforce; the path and query with which Salesforce sends the browser back. */
  async allow(url: string, user: DemoUser = 'grace', slug: EnvironmentSlug = 'production'): Promise<string> {
    const { origin } = new URL(url);
    let step = await this.browser.follow(url);
    if (new URL(step.url).pathname === '/login') {
      const startURL = new URL(step.url).searchParams.get('startURL') ?? '';
      const fields = { username: usernameOf(user, slug), password: DEMO_PASSWORD, startURL };
      step = await this.browser.follow(
        `${origin}/login`,
        await this.browser.submit(`${origin}/login`, fields),
      );
    }
    let { response } = step;
    if (response.status === 200) {
      const { pathname, searchParams } = new URL(step.url);
      const source = searchParams.get('source') ?? '';
      response = await this.browser.submit(origin + pathname, { source, decision: 'allow' });
    }
    const back = new URL(response.headers.get('location') ?? '', origin);
    return `${back.pathname}${back.search}`;
  }

  /** A whole consent; where the browser is sent then. */
  async consent(body: Record<string, unknown>, user: DemoUser = 'grace'): Promise<string> {
    const slug = body.environment as EnvironmentSlug;
    const answer = await this.ask(await this.allow(await this.begin(body), user, slug));
    return answer.headers.get('location') ?? '';
  }

  async signIn(user: DemoUser = 'grace'): Promise<void> {
    const path = await this.consent({ environment: 'production', intent: 'sign_in' }, user);
    if (path.startsWith('/consent/')) throw new Error(`Nobody is signed in: ${path}`);
  }

  /** Connects an org; the connection's id. */
  async connect(user: DemoUser = 'grace', environment: EnvironmentSlug = 'production'): Promise<string> {
    const path = await this.consent({ environment, intent: 'connect' }, user);
    const id = /^\/connections\/([0-9a-f-]{36})/.exec(path)?.[1];
    if (!id) throw new Error(`Nothing is connected: ${path}`);
    return id;
  }

  /** Calls a server action by its name, at any page, with arguments as React sends them. */
  async act(
    name: string,
    args: readonly unknown[],
    { page, headers = {} }: { page: string; headers?: Record<string, string> },
  ): Promise<ActionCode> {
    const action = builtActions().find((one) => one.name === name);
    if (!action) throw new Error(`There is no action ${name}.`);
    const { body, type } = encodeArguments(args);
    const answer = await this.ask(page, {
      method: 'POST',
      headers: {
        origin: this.stack.portal,
        'next-action': action.id,
        accept: 'text/x-component',
        ...type,
        ...headers,
      },
      body,
    });
    return codeOf(answer);
  }
}

/** Reads what an action answered. */
export function codeOf({ status, body }: Answer): ActionCode {
  const code = /"problem":\{"code":"([A-Z_]+)"/.exec(body)?.[1];
  if (code) return code;
  if (/"ok":true/.test(body)) return 'ok';
  const [, value] = /^1:(null|"|E\{)/m.exec(body) ?? [];
  return { null: 'null', '"': 'text', 'E{': 'error' }[value ?? ''] ?? String(status);
}

/** React's encoding: plain values as JSON; a form is `$K<n>`, and its fields are parts named `_<n>_…`. */
function encodeArguments(args: readonly unknown[]): { body: BodyInit; type: Record<string, string> } {
  if (!args.some((one) => one instanceof FormData)) {
    return { body: JSON.stringify(args.map(escaped)), type: { 'content-type': 'text/plain;charset=UTF-8' } };
  }
  const body = new FormData();
  const values = args.map((one, index) => {
    if (!(one instanceof FormData)) return escaped(one);
    for (const [field, value] of one) body.append(`_${index + 1}_${field}`, value);
    return `$K${(index + 1).toString(16)}`;
  });
  body.append('0', JSON.stringify(values));
  return { body, type: {} };
}

/** A `$` at the beginning would be a reference. */
function escaped(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('$') ? `$${value}` : value;
}

/** A form as a page would send it. */
export function formOf(fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
