import { createHash } from 'node:crypto';
import { formOf } from '@/simulator/http/request';
import type { LedgerCounts, LedgerEntry, SimRequest } from '@/simulator/types';

const SECRETS = ['client_secret', 'code_verifier', 'password', 'client_assertion', 'assertion'];
const TOKENS = ['code', 'token', 'refresh_token', 'access_token', 'oauth_token', 'otp', 'sid'];
const NOTHING = { requests: 0, violations: 0, introspectedConsumed: 0, unknown: 0 };

/** How the ledger names a token: the start of its SHA-256, enough to tell tokens apart and no more. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 12);
}

/** Every request that reached an org of this simulator, oldest first. */
export class Ledger {
  private entries: LedgerEntry[] = [];
  private sequence = 0;
  private refreshes = 0;
  /** Counts of entries that were dropped to bound the memory. */
  private dropped = NOTHING;

  constructor(private readonly maxEntries = 200_000) {}

  /** Opens the entry of a request; the server fills in what became of it. */
  open(org: string, at: number, request: SimRequest): LedgerEntry {
    const { params, tokens } = readParameters(request);
    this.sequence += 1;
    const entry: LedgerEntry = {
      sequence: this.sequence,
      at,
      org,
      method: request.method,
      path: request.path,
      params,
      tokens,
      status: null,
      processed: false,
      username: null,
      clientId: null,
      fault: null,
      violation: null,
      introspectedConsumed: false,
      unknown: null,
      error: null,
    };
    this.entries.push(entry);
    if (this.entries.length > this.maxEntries) {
      const oldest = this.entries.splice(0, Math.ceil(this.maxEntries / 10));
      this.dropped = addCounts(this.dropped, oldest);
    }
    return entry;
  }

  countRefresh(): void {
    this.refreshes += 1;
  }

  /** Entries after a sequence number, of one org or of all. */
  list(filter: { org?: string | undefined; after?: number | undefined } = {}): LedgerEntry[] {
    const { org, after = 0 } = filter;
    return this.entries.filter((entry) => entry.sequence > after && (!org || entry.org === org));
  }

  counts(): LedgerCounts {
    return { ...addCounts(this.dropped, this.entries), refreshes: this.refreshes };
  }

  clear(): void {
    this.entries = [];
    this.refreshes = 0;
    this.dropped = NOTHING;
  }
}

function addCounts(before: typeof NOTHING, entries: readonly LedgerEntry[]): typeof NOTHING {
  const count = (test: (entry: LedgerEntry) => boolean) => entries.filter(test).length;
  return {
    requests: before.requests + entries.length,
    violations: before.violations + count((entry) => entry.violation !== null),
    introspectedConsumed: before.introspectedConsumed + count((entry) => entry.introspectedConsumed),
    unknown: before.unknown + count((entry) => entry.unknown !== null),
  };
}

function readParameters(request: SimRequest): Pick<LedgerEntry, 'params' | 'tokens'> {
  const params: Record<string, string> = {};
  const tokens: Record<string, string> = {};
  for (const [name, value] of [...request.query, ...formOf(request)]) {
    if (TOKENS.includes(name)) {
      tokens[name] = tokenHash(value);
      params[name] = '***';
    } else params[name] = SECRETS.includes(name) ? '***' : value;
  }
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) tokens.authorization = tokenHash(bearer);
  return { params, tokens };
}
