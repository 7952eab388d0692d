/** A browser as small as the simulator's pages need: cookies per origin, forms, redirects on request. */
export class TestBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** One request; redirects are answers, not followed. */
  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.jarOf(origin);
    const cookie = this.cookieOf(origin);
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string> | undefined), ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const cut = pair.indexOf('=');
      if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, cut));
      else jar.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    return response;
  }

  submit(url: string, fields: Record<string, string>): Promise<Response> {
    return this.request(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Follows redirects while they stay on this origin; the last answer and where it came from. */
  async follow(url: string, first?: Response): Promise<{ response: Response; url: string }> {
    let current = url;
    let response = first ?? (await this.request(url));
    while (response.status === 302) {
      const next = new URL(response.headers.get('location') ?? '', current);
      if (next.origin !== new URL(url).origin) break;
      await response.arrayBuffer();
      current = next.href;
      response = await this.request(current);
    }
    return { response, url: current };
  }

  /** The `Cookie` header of this browser at an origin. */
  cookieOf(origin: string): string {
    return [...this.jarOf(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(origin: string, name: string, value: string): void {
    this.jarOf(origin).set(name, value);
  }

  cookieNames(origin: string): string[] {
    return [...this.jarOf(origin).keys()];
  }

  private jarOf(origin: string): Map<string, string> {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
