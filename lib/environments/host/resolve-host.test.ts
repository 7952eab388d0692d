import { describe, expect, it } from 'vitest';
import { allowOrigins, sendJson, startLoopback, startRawLoopback } from '@/tests/loopback';
import { probeHost } from './probe-host';
import { resolveHost } from './resolve-host';
import type { Candidate, HostCheck } from './types';

/** A network in which only these hosts answer; a value that begins with `→` sends elsewhere. */
function network(hosts: Record<string, string>) {
  const asked: string[] = [];
  const probe = async (candidate: Candidate): Promise<HostCheck> => {
    const host = new URL(candidate.origin).host;
    asked.push(host);
    const answer = hosts[host];
    if (answer?.startsWith('→')) {
      return { ...candidate, outcome: 'moved', evidence: answer, movedTo: `https://${answer.slice(1)}` };
    }
    const outcome = answer === undefined ? 'unresolvable' : 'found';
    return { ...candidate, outcome, evidence: answer ?? 'no such name', movedTo: null };
  };
  return { asked, probe };
}

describe('the org behind an address', () => {
  it('is found at the first host asked, and no other is', async () => {
    const { asked, probe } = network({ 'acme.my.salesforce.com': 'org' });
    const { proposal } = await resolveHost('https://acme.lightning.force.com/lightning/page/home', probe);
    expect(proposal).toEqual({
      origin: 'https://acme.my.salesforce.com',
      kind: 'production',
      lastResort: false,
    });
    expect(asked).toEqual(['acme.my.salesforce.com']);
  });

  it.each([
    ['acme--uat.sandbox.my.salesforce.com', 'sandbox'],
    ['acme-dev-ed.develop.my.salesforce.com', 'developer'],
    ['acme-dev-ed.trailblaze.my.salesforce.com', 'developer'],
    ['acme.scratch.my.salesforce.com', 'scratch'],
    ['acme.demo.my.salesforce.com', null],
    ['na139.salesforce.com', null],
  ])('at %s is of kind %s', async (host, kind) => {
    const { probe } = network({ [host]: 'org' });
    expect((await resolveHost(host, probe)).proposal?.kind).toBe(kind);
  });

  it('is found in another partition when nobody answers where it was typed', async () => {
    const { probe } = network({ 'xyz.develop.my.salesforce.com': 'org' });
    const { proposal, checks } = await resolveHost('xyz.my.salesforce.com', probe);
    expect(proposal).toMatchObject({ origin: 'https://xyz.develop.my.salesforce.com', kind: 'developer' });
    expect(checks[0]).toMatchObject({ origin: 'https://xyz.my.salesforce.com', outcome: 'unresolvable' });
  });

  it('is found although a redirect leads to a host that is not there', async () => {
    const { probe } = network({
      'old.my.salesforce.com': '→xyz.my.salesforce.com',
      'xyz.develop.my.salesforce.com': 'org',
    });
    const { proposal, checks } = await resolveHost('old.my.salesforce.com', probe);
    expect(proposal?.origin).toBe('https://xyz.develop.my.salesforce.com');
    expect(checks.slice(0, 2).map(({ outcome }) => outcome)).toEqual(['moved', 'unresolvable']);
  });

  it('is followed after a renamed My Domain, and not in circles', async () => {
    const renamed = network({
      'old.my.salesforce.com': '→new.my.salesforce.com',
      'new.my.salesforce.com': 'org',
    });
    const { proposal } = await resolveHost('old.my.salesforce.com', renamed.probe);
    expect(proposal?.origin).toBe('https://new.my.salesforce.com');
    const circle = network({
      'a.my.salesforce.com': '→b.my.salesforce.com',
      'b.my.salesforce.com': '→a.my.salesforce.com',
    });
    expect((await resolveHost('a.my.salesforce.com', circle.probe)).proposal).toBeNull();
    expect(circle.asked.filter((host) => host === 'a.my.salesforce.com')).toHaveLength(1);
  });

  it('is not made up when nobody answers', async () => {
    const { probe } = network({});
    const { proposal, checks } = await resolveHost('acme.my.salesforce.com', probe);
    expect(proposal).toBeNull();
    expect(checks.every(({ outcome }) => outcome === 'unresolvable')).toBe(true);
  });

  it('of a username is a last resort', async () => {
    const { probe } = network({ 'test.salesforce.com': 'login', 'login.salesforce.com': 'login' });
    const { proposal, notes } = await resolveHost('grace@acme.example.uat', probe);
    expect(proposal).toEqual({ origin: 'https://test.salesforce.com', kind: null, lastResort: true });
    expect(notes.join(' ')).toContain('paste the address of any page');
  });
});

describe('a host that is asked', () => {
  const ask = (origin: string) => probeHost({ origin, why: 'test' });
  const documentOf = (origin: string, other = origin) => ({
    issuer: origin,
    authorization_endpoint: `${other}/services/oauth2/authorize`,
    token_endpoint: `${other}/services/oauth2/token`,
  });

  it('is an org by its OpenID document', async () => {
    const { origin, seen } = await startLoopback(({ headers }, response) =>
      sendJson(response, 200, documentOf(`http://${headers.host}`)),
    );
    expect(await ask(origin)).toMatchObject({ outcome: 'found', movedTo: null });
    expect(seen.map(({ url }) => url.pathname)).toEqual(['/.well-known/openid-configuration']);
  });

  it('that redirects is not followed, and what it names is checked', async () => {
    const targets = ['https://evil.example/x', 'https://acme.my.salesforce.com/y', 'http://[', '//10.0.0.1/'];
    const { origin } = await startLoopback((_, response) => {
      response.writeHead(302, { location: targets.shift() ?? '/' });
      response.end();
    });
    const secret = await ask(origin);
    expect(secret).toMatchObject({ outcome: 'moved', movedTo: null });
    expect(secret.evidence).not.toContain('evil');
    expect(await ask(origin)).toMatchObject({ movedTo: 'https://acme.my.salesforce.com' });
    expect(await ask(origin)).toMatchObject({ movedTo: null });
    expect(await ask(origin)).toMatchObject({ movedTo: null });
  });

  it('that speaks for another host is no org of its own', async () => {
    const { origin } = await startLoopback(({ headers }, response) =>
      sendJson(response, 200, documentOf(`http://${headers.host}`, 'https://evil.example')),
    );
    expect(await ask(origin)).toMatchObject({ outcome: 'no_document' });
    const renamed = await startLoopback((_, response) =>
      sendJson(response, 200, documentOf('https://new.my.salesforce.com')),
    );
    expect(await ask(renamed.origin)).toMatchObject({
      outcome: 'moved',
      movedTo: 'https://new.my.salesforce.com',
    });
  });

  it.each([
    ['a page', 200, '<html>'],
    ['nothing', 404, ''],
    ['other JSON', 200, '{"issuer":1}'],
  ])('that answers with %s is no org', async (_, status, body) => {
    const { origin } = await startLoopback((_request, response) => {
      response.writeHead(status);
      response.end(body);
    });
    expect(await ask(origin)).toMatchObject({ outcome: 'no_document' });
  });

  it('that is not there, or ends the connection, is not reachable', async () => {
    const { origin } = await startRawLoopback((socket) => socket.destroy());
    expect(await ask(origin)).toMatchObject({ outcome: 'unreachable' });
    allowOrigins('http://127.0.0.1:9');
    expect(await ask('http://127.0.0.1:9')).toMatchObject({ outcome: 'unreachable' });
  });
});
