import type { Exchange } from '@/simulator/exchange';
import { cookieOf } from '@/simulator/http/request';
import { matchPattern, matchRoute } from '@/simulator/http/router';
import { redirect } from '@/simulator/oauth/errors';
import { html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';
import { id18, isRecordId } from '@/simulator/seed/ids';
import type { RouteTable, SimResponse, SimSession, SimUser } from '@/simulator/types';

const API = '/services/data/v66.0/sobjects';

/** `/{id}` and `/lightning/r/<Object>/<id>/view` for whoever is logged in; null for any other path. */
export async function recordPage(exchange: Exchange, routes: RouteTable): Promise<SimResponse | null> {
  const { state, request } = exchange;
  if (request.method !== 'GET' || [...request.query].length > 0) return null;
  const short = matchPattern('/:id', request.path)?.id;
  const full = matchPattern('/lightning/r/:sobject/:id/view', request.path);
  if (!full && !(short && isRecordId(short))) return null;
  const login = state.logins.find(cookieOf(request, state.logins.cookieName));
  if (!login) return redirect(`/login?${new URLSearchParams({ startURL: request.path })}`);
  const reader = new RecordReader(exchange, routes, login.user);
  if (full) return reader.page(full.sobject ?? '', full.id ?? '');
  const sobject = await reader.objectOf(short ?? '');
  if (!sobject) return reader.missing();
  return redirect(`/lightning/r/${sobject}/${id18(short ?? '')}/view`);
}

/** Reads through the org's own data routes, as the person who is logged in. */
class RecordReader {
  private readonly session: SimSession | null;

  constructor(
    private readonly exchange: Exchange,
    private readonly routes: RouteTable,
    user: SimUser,
  ) {
    const { org } = exchange.state;
    const app = org.apps[0];
    this.session = app ? { org, user, app, scopes: ['full'] } : null;
    exchange.entry.username = user.username;
  }

  /** The object whose ids start with these three characters. */
  async objectOf(id: string): Promise<string | null> {
    const listed = await this.read(API);
    const sobjects = (listed?.sobjects ?? []) as Array<{ name: string; keyPrefix: string | null }>;
    return sobjects.find(({ keyPrefix }) => keyPrefix === id.slice(0, 3))?.name ?? null;
  }

  async page(sobject: string, id: string): Promise<SimResponse> {
    const record = await this.read(`${API}/${sobject}/${id}`);
    if (!record) return this.missing();
    const rows = Object.entries(record)
      .filter(([name]) => name !== 'attributes')
      .map(([name, value]) => html`<dt>${name}</dt><dd>${valueText(value)}</dd>`);
    const content = html`<p>${sobject}</p><dl>${rows}</dl>`;
    const title = typeof record.Name === 'string' ? record.Name : id;
    const { org } = this.exchange.state;
    return htmlResponse(200, page({ title, org, content, wide: true }));
  }

  missing(): SimResponse {
    const { org } = this.exchange.state;
    const content = html`<p>The record you requested does not exist, or you do not have access to it.</p>`;
    return htmlResponse(404, page({ title: 'Page not found', org, content }));
  }

  private async read(path: string): Promise<Record<string, unknown> | null> {
    const found = matchRoute(this.routes, 'GET', path);
    if (found?.route.access !== 'session' || !this.session) return null;
    const { exchange, session } = this;
    const headers = {
      ...exchange.request.headers,
      'if-none-match': undefined,
      'if-modified-since': undefined,
    };
    const request = {
      ...exchange.request,
      path,
      params: found.params,
      query: new URLSearchParams(),
      headers,
    };
    const response = await found.route.handler(request, session);
    if (response.status !== 200 || response.body.kind !== 'json') return null;
    return response.body.value as Record<string, unknown>;
  }
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
