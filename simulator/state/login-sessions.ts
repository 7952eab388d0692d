import { newSecretId } from '@/simulator/state/token-values';
import { isLetIn } from '@/simulator/state/user-access';
import type { SimOrg, SimUser } from '@/simulator/types';

export interface LoginSession {
  /** What the cookie holds. */
  readonly id: string;
  /** Counted up; names the session without its cookie. */
  readonly number: number;
  readonly user: SimUser;
  readonly startedAt: number;
  lastUsedAt: number;
}

/** Browser sessions of one org's own pages: what a cookie of these pages stands for. */
export class LoginSessions {
  private readonly sessions = new Map<string, LoginSession>();
  private count = 0;

  constructor(private readonly org: SimOrg) {}

  /** Browsers do not tell ports of localhost apart, so each org's cookies carry its name. */
  get cookieName(): string {
    return `simulator_sid_${this.org.name}`;
  }

  /** Remembers usernames for the account chooser, as Salesforce's login hints do. */
  get hintCookieName(): string {
    return `simulator_oinfo_${this.org.name}`;
  }

  start(user: SimUser): LoginSession {
    const now = this.org.clock.now();
    this.count += 1;
    const session = { id: newSecretId(), number: this.count, user, startedAt: now, lastUsedAt: now };
    this.sessions.set(session.id, session);
    return session;
  }

  /** The live session of a cookie's value; using it slides its end. */
  find(id: string | null): LoginSession | null {
    const session = id === null ? undefined : this.sessions.get(id);
    if (!session) return null;
    if (!this.isLive(session)) {
      this.sessions.delete(session.id);
      return null;
    }
    session.lastUsedAt = this.org.clock.now();
    return session;
  }

  /** Whose browser it is, without sliding the session's end. */
  userOf(id: string | null): SimUser | null {
    return (id === null ? undefined : this.sessions.get(id))?.user ?? null;
  }

  /** The sessions that are not over, oldest first. */
  list(): LoginSession[] {
    return [...this.sessions.values()].filter((session) => this.isLive(session));
  }

  end(id: string | null): void {
    if (id !== null) this.sessions.delete(id);
  }

  /** Ends every session of one user. */
  endOf(user: SimUser): void {
    for (const session of this.sessions.values()) if (session.user === user) this.sessions.delete(session.id);
  }

  private isLive({ user, lastUsedAt }: LoginSession): boolean {
    return isLetIn(user) && this.org.clock.now() - lastUsedAt <= this.org.sessionTimeoutMs;
  }

  /** Ends every session; their number. */
  endAll(): number {
    const { size } = this.sessions;
    this.sessions.clear();
    return size;
  }
}
