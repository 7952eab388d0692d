import { newSecretId } from '@/simulator/state/token-values';
import type { SimClock, SimUser } from '@/simulator/types';

/** How long a frontdoor URL can be opened. */
const LIFETIME_MS = 60_000;

/** What a frontdoor URL carries instead of a session id: it logs its user in once. */
export class OneTimeLogins {
  private readonly open = new Map<string, { user: SimUser; issuedAt: number }>();

  constructor(private readonly clock: SimClock) {}

  issue(user: SimUser): string {
    const otp = newSecretId();
    this.open.set(otp, { user, issuedAt: this.clock.now() });
    return otp;
  }

  /** The user behind it, once; null when it is unknown, used or too old. */
  take(otp: string): SimUser | null {
    const issued = this.open.get(otp);
    this.open.delete(otp);
    return issued && this.clock.now() - issued.issuedAt < LIFETIME_MS ? issued.user : null;
  }
}
