import { Client } from 'pg';

const PLAIN_MODES = new Set(['disable', 'false', '0']);
const UNVERIFIED_MODES = new Set(['allow', 'prefer', 'require']);
const NO_TLS = 'The server does not support SSL connections';

/**
 * The address as node-postgres must read it so that `sslmode` means what it means to psql: `require` encrypts and does
 * not ask who answers. By itself node-postgres 8 takes it for `verify-full`, and warns that this will change.
 */
export function withLibpqTls(url: string): string {
  const address = new URL(url);
  const query = address.searchParams;
  const mode = query.get('sslmode') ?? query.get('ssl');
  if (mode === null) return url;
  query.delete('ssl');
  query.set('sslmode', modeOf(mode, query.has('sslrootcert')));
  if (query.has('sslrootcert')) query.set('uselibpqcompat', 'true');
  return address.href;
}

function modeOf(mode: string, hasAuthority: boolean): string {
  if (PLAIN_MODES.has(mode)) return 'disable';
  // With an authority of one's own, libpq checks the certificate under `require`, too, but not the name in it.
  if (UNVERIFIED_MODES.has(mode)) return hasAuthority ? 'require' : 'no-verify';
  return mode === 'no-verify' || (mode === 'verify-ca' && hasAuthority) ? mode : 'verify-full';
}

/** What an operator should know of the way to the database; null: it is checked, or does not leave this machine. */
export function tlsWeakness(url: string): string | null {
  const { hostname, searchParams } = new URL(withLibpqTls(url));
  const host = searchParams.get('host') ?? hostname.replace(/^\[|\]$/g, '');
  if (host === '' || host.startsWith('/') || /^(?:localhost|127\..+|::1)$/.test(host)) return null;
  const mode = searchParams.get('sslmode') ?? 'disable';
  if (mode === 'disable')
    return 'the way to the database is not encrypted: set sslmode=verify-full in its address';
  return mode === 'no-verify'
    ? 'the way to the database is encrypted, but nobody checks who answers: set sslmode=verify-full'
    : null;
}

/**
 * The address with `sslmode=prefer` replaced by what the server speaks: node-postgres would refuse a server without TLS.
 * A server that does not answer is left to the connection that follows, which says so.
 */
export async function settlePreferredTls(url: string): Promise<string> {
  const address = new URL(url);
  const query = address.searchParams;
  if ((query.get('sslmode') ?? query.get('ssl')) !== 'prefer') return url;
  query.delete('ssl');
  query.set('sslmode', (await refusesTls(url)) ? 'disable' : 'require');
  return address.href;
}

async function refusesTls(url: string): Promise<boolean> {
  const probe = new Client({ connectionString: withLibpqTls(url), connectionTimeoutMillis: 10_000 });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    return false;
  } catch (error) {
    return error instanceof Error && error.message === NO_TLS;
  } finally {
    await probe.end();
  }
}
