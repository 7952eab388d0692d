import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { TestBrowser } from '@/simulator/testing/browser';

/** Somebody who uses the portal over HTTP and walks through the simulator's pages. */
export class Visitor {
  private readonly browser = new TestBrowser();

  constructor(
    private readonly portal: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string): Promise<Response> {
    return this.browser.request(this.portal + path, { headers: this.headers });
  }

  signIn(username: string): Promise<void> {
    return this.consent({ environment: 'production', intent: 'sign_in' }, username);
  }

  /** Connects Production as the user who is logged in there; the connection's id. */
  async connect(username: string): Promise<string> {
    await this.consent({ environment: 'production', intent: 'connect' }, username);
    const home = await (await this.get('/')).text();
    const id = /\/connections\/([0-9a-f-]{36})/.exec(home)?.[1];
    if (!id) throw new Error('The home page shows no connection.');
    return id;
  }

  /** The number of records that a grid says there are. Throws when its page shows none. */
  async countRecords(connectionId: string, grid: string): Promise<number> {
    const answer = await this.get(`/connections/${connectionId}/${grid}`);
    const total = /\\"total\\":(\d+),/.exec(await answer.text())?.[1];
    if (total === undefined) throw new Error(`The grid shows no records: ${answer.status}.`);
    return Number(total);
  }

  private async consent(body: unknown, username: string): Promise<void> {
    const started = await this.browser.request(`${this.portal}/api/consent`, {
      method: 'POST',
      headers: {
        ...this.headers,
        origin: this.portal,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const { url } = (await started.json()) as { url: string };
    const { origin } = new URL(url);
    let step = await this.browser.follow(url);
    if (new URL(step.url).pathname === '/login') {
      const startURL = new URL(step.url).searchParams.get('startURL') ?? '';
      const login = `${origin}/login`;
      const fields = { username, password: DEMO_PASSWORD, startURL };
      step = await this.browser.follow(login, await this.browser.submit(login, fields));
    }
    let answer = step.response;
    if (answer.status === 200) {
      const { pathname, searchParams } = new URL(step.url);
      const source = searchParams.get('source') ?? '';
      answer = await this.browser.submit(origin + pathname, { source, decision: 'allow' });
    }
    const callback = new URL(answer.headers.get('location') ?? '', origin);
    const back = await this.browser.request(callback.href, { headers: this.headers });
    const next = back.headers.get('location') ?? '';
    if (next === '' || next.includes('/consent/')) {
      throw new Error(`The consent failed: ${back.status} ${next} ${await back.text()}`);
    }
  }
}
