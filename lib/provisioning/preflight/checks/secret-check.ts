import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import type { AppType } from '@/lib/environments/types';
import type { ErrorCode } from '@/lib/errors';
import { checkOf, green, saidBySalesforce, unknown } from '@/lib/provisioning/preflight/checks/check';
import { type AppInOrg, fixInApp } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';
import { oauthError } from '@/lib/salesforce/oauth/errors';
import { type ClientProbe, madeUpSecret, probeClient } from '@/lib/salesforce/oauth/probe/probe-client';

/** Salesforce got as far as the code, which is made up. */
const AT_THE_CODE: ReadonlyArray<ErrorCode | null> = ['CODE_INVALID', 'CODE_EXPIRED', 'GRANT_ENDED'];

/**
 * Whether the token endpoint takes the stored secret. It is asked with a made-up code, and once more with a made-up
 * secret: only where that one is refused as a secret does "the code is wrong" prove that ours is right.
 */
export async function checkSecret(
  app: OAuthAppSecrets,
  { redirectUri, appType }: { redirectUri: string; appType: AppType },
): Promise<CheckResult> {
  const { previousSecret, ...present } = app;
  const ask = async (clientSecret: string | null) =>
    await probeClient({ ...present, clientSecret }, { redirectUri });
  const ours = await ask(app.clientSecret);
  const code = codeOf(ours);
  if (code === 'APP_SECRET_INVALID')
    return await explainRefusal(app, { ours, ask, org: { appType, origin: app.tokenHost } });
  if (!AT_THE_CODE.includes(code)) {
    return unknown('secret', 'Not looked at, as far as can be told.', evidenceOf(ours));
  }
  if (app.clientSecret === null) return green('secret', 'The app asks for no secret, and none is stored.');
  const other = await ask(madeUpSecret());
  if (codeOf(other) === 'APP_SECRET_INVALID') {
    return green('secret', 'Salesforce took the secret, and refused a made-up one.');
  }
  return unknown(
    'secret',
    'Salesforce looked at the made-up code and not at the secret, so nothing is known of it yet.',
    'The next consent shows it.',
  );
}

async function explainRefusal(
  app: OAuthAppSecrets,
  {
    ours,
    ask,
    org,
  }: { ours: ClientProbe; ask: (secret: string | null) => Promise<ClientProbe>; org: AppInOrg },
): Promise<CheckResult> {
  const evidence = [evidenceOf(ours)];
  if (app.clientSecret === null) {
    const fix = fixInApp('consumer', org, 'Enter the consumer secret of the app in this environment.');
    return checkOf('secret', {
      state: 'red',
      evidence: ['The app asks for a secret, and none is stored.', ...evidence],
      fix,
    });
  }
  if (app.previousSecret !== null && AT_THE_CODE.includes(codeOf(await ask(app.previousSecret)))) {
    evidence.push(
      'The secret before it is accepted still: a new one takes some minutes in Salesforce. Orgdock uses either meanwhile.',
    );
    return checkOf('secret', { state: 'amber', evidence });
  }
  const fix = fixInApp(
    'consumer',
    org,
    'Copy the consumer secret of the app into this environment, and check that it was not rotated.',
  );
  return checkOf('secret', { state: 'red', evidence, fix });
}

function codeOf(probe: ClientProbe): ErrorCode | null {
  return probe.kind === 'refused' ? oauthError(probe.fault).code : null;
}

function evidenceOf(probe: ClientProbe): string {
  return probe.kind === 'refused' ? saidBySalesforce(probe.fault) : probe.error.message;
}
