import type { AppType } from '@/lib/environments/types';
import { AppError, type ErrorCode } from '@/lib/errors';
import { checkOf, green, saidBySalesforce, unknown } from '@/lib/provisioning/preflight/checks/check';
import { type AppInOrg, fixHere, fixIn, fixInApp } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';
import { oauthError } from '@/lib/salesforce/oauth/errors';
import { type AuthorizeProbe, probeAuthorize } from '@/lib/salesforce/oauth/probe/probe-authorize';
import type { OAuthApp } from '@/lib/salesforce/types';

interface AppQuestion {
  app: OAuthApp;
  appType: AppType;
  redirectUri: string;
  scopes: readonly string[];
}

/** What the authorize endpoint says of consumer key, callback URL, app, scopes and PKCE, before anybody logs in. */
export async function checkApp({ app, appType, redirectUri, scopes }: AppQuestion): Promise<CheckResult[]> {
  const ask = (withPkce: boolean) =>
    probeAuthorize(app, { redirectUri, scopes, withPkce }).catch((error: unknown): AuthorizeProbe => {
      if (error instanceof AppError) return { kind: 'unclear', evidence: error.message };
      throw error;
    });
  const [asked, withoutPkce] = await Promise.all([ask(true), ask(false)]);
  const seen = {
    asked,
    code: codeOf(asked),
    evidence: evidenceOf(asked),
    org: { appType, origin: app.tokenHost },
  };
  return [
    checkClientId(seen),
    checkRedirectUri(seen, redirectUri),
    checkUsable(seen),
    checkPkce(seen, withoutPkce),
    checkScopes(seen, scopes),
  ];
}

interface Seen {
  asked: AuthorizeProbe;
  /** Null: it was accepted, or nothing can be said. */
  code: ErrorCode | null;
  evidence: string;
  org: AppInOrg;
}

/** Refusals of the app as such. */
const UNUSABLE: ReadonlyArray<ErrorCode | null> = ['APP_BLOCKED', 'APP_NOT_INSTALLED', 'APP_FLOW_DISABLED'];
/** What Salesforce looks at only when key, callback URL and app are right. */
const LATER: ReadonlyArray<ErrorCode | null> = ['APP_PKCE_MISSING', 'APP_SCOPE_INVALID'];

function checkClientId({ asked, code, evidence, org }: Seen): CheckResult {
  if (code === 'APP_CLIENT_ID_INVALID') {
    const fix = fixInApp(
      'consumer',
      org,
      'Copy the consumer key of the app into this environment. A new app takes 2 to 10 minutes to be usable.',
    );
    return checkOf('client_id', { state: 'red', evidence: [evidence], fix });
  }
  if (asked.kind === 'unclear') return unknown('client_id', evidence);
  // "Not known in this org" may mean that the key is of another one.
  if (code === 'APP_NOT_INSTALLED') {
    return unknown('client_id', 'Salesforce knows no app with this key that is installed in this org.');
  }
  return green('client_id', 'Salesforce knows the consumer key.');
}

function checkRedirectUri({ asked, code, evidence, org }: Seen, redirectUri: string): CheckResult {
  if (code === 'APP_REDIRECT_URI_MISMATCH') {
    const fix = fixInApp('app', org, `Add this callback URL to the app, exactly: ${redirectUri}`);
    return checkOf('redirect_uri', { state: 'red', evidence: [evidence], fix });
  }
  const isSentBack = asked.kind === 'refused' && asked.toldBy === 'callback';
  if (asked.kind === 'accepted' || isSentBack || LATER.includes(code)) {
    return green('redirect_uri', `The app knows ${redirectUri}.`);
  }
  return unknown('redirect_uri', 'Not looked at: Salesforce stopped before.', evidence);
}

function checkUsable({ asked, code, evidence, org }: Seen): CheckResult {
  if (UNUSABLE.includes(code)) {
    const fix =
      code === 'APP_FLOW_DISABLED'
        ? fixInApp('policies', org, 'Enable the app and its OAuth plugin.')
        : fixIn(
            'usage',
            org.origin,
            code === 'APP_BLOCKED'
              ? 'Unblock the app.'
              : 'Install the app, and check that key and address are of the same org.',
          );
    return checkOf('app_usable', { state: 'red', evidence: [evidence], fix });
  }
  if (asked.kind === 'accepted' || LATER.includes(code)) {
    return green('app_usable', 'The app is installed, enabled and not blocked.');
  }
  return unknown('app_usable', 'Not looked at: Salesforce stopped before.', evidence);
}

function checkPkce({ asked, code, evidence, org }: Seen, without: AuthorizeProbe): CheckResult {
  if (code === 'APP_PKCE_MISSING') {
    const fix = fixHere('Report this: Orgdock sent a code challenge, and Salesforce did not accept it.');
    return checkOf('pkce', { state: 'red', evidence: [evidence], fix });
  }
  if (asked.kind !== 'accepted')
    return unknown('pkce', 'Not looked at: Salesforce stopped before.', evidence);
  const accepted = 'Salesforce accepted Orgdock’s code challenge (S256).';
  if (codeOf(without) === 'APP_PKCE_MISSING') {
    return green('pkce', accepted, 'Without one it refuses, as it should.');
  }
  if (without.kind !== 'accepted') return green('pkce', accepted);
  const fix = fixInApp('app', org, 'Switch on “Require Proof Key for Code Exchange (PKCE)”.');
  const evidences = [accepted, 'The app takes requests without one, too: PKCE is not required.'];
  return checkOf('pkce', { state: 'amber', evidence: evidences, fix });
}

function checkScopes({ asked, code, evidence, org }: Seen, scopes: readonly string[]): CheckResult {
  if (code === 'APP_SCOPE_INVALID') {
    const fix = fixInApp('app', org, `Add these scopes to the app: ${scopes.join(', ')}.`);
    return checkOf('scopes_allowed', { state: 'red', evidence: [evidence], fix });
  }
  if (asked.kind !== 'accepted') {
    return unknown('scopes_allowed', 'Not looked at: Salesforce stopped before.', evidence);
  }
  return green('scopes_allowed', `The app may be asked for ${scopes.join(', ')}.`);
}

function codeOf(probe: AuthorizeProbe): ErrorCode | null {
  return probe.kind === 'refused' ? oauthError(probe.fault).code : null;
}

function evidenceOf(probe: AuthorizeProbe): string {
  if (probe.kind === 'unclear') return probe.evidence;
  if (probe.kind === 'refused') return saidBySalesforce(probe.fault);
  return `The request leads on to a login at ${probe.loginHost}.`;
}
