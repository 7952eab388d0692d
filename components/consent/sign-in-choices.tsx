import { LinkButton } from '@/components/states/link-button';
import type { IdentityProviderChoice } from '@/lib/environments/identity-providers/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { EnvironmentChoices } from './environment-choices';
import { ProviderChoices } from './provider-choices';

interface SignInChoicesProps {
  environments: EnvironmentSummary[];
  providers: IdentityProviderChoice[];
  /** Where to go afterwards; null: where Orgdock thinks best. */
  callbackPath: string | null;
  /** Set-up still waits for somebody. */
  setupOpen: boolean;
}

/** Sign in through the company's identity provider, or one of the orgs that allow it. There are no passwords in Orgdock. */
export function SignInChoices({ environments, providers, callbackPath, setupOpen }: SignInChoicesProps) {
  const request = { intent: 'sign_in', ...(callbackPath ? { callbackUrl: callbackPath } : {}) } as const;
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Sign in to Orgdock</h1>
        <p className="mt-1.5 text-muted">{introduction(environments.length > 0, providers.length > 0)}</p>
      </div>
      {providers.length > 0 ? (
        <ProviderChoices providers={providers} request={request} verb="Continue with" />
      ) : null}
      {environments.length > 0 ? (
        <EnvironmentChoices environments={environments} request={request} verb="Sign in through" />
      ) : providers.length > 0 ? null : setupOpen ? (
        <div className="space-y-3">
          <p>This portal has not been set up. With its set-up token you can begin.</p>
          <LinkButton href="/setup" variant="primary">
            Set up Orgdock
          </LinkButton>
        </div>
      ) : (
        <p>
          An administrator can open one in Environments. When nobody can get in, the operator of this server
          makes a link: <code className="font-mono text-[0.8125rem]">npm run admin -- sign-in-link</code>
        </p>
      )}
      <p className="border-t border-separator pt-4 text-xs text-muted">
        There are no passwords in Orgdock. You log in {providers.length > 0 ? 'there' : 'at Salesforce'}, with
        everything that your {providers.length > 0 ? 'company' : 'org'} asks for.
      </p>
    </div>
  );
}

function introduction(orgs: boolean, providers: boolean): string {
  if (orgs && providers) return 'Use your company’s login, or the Salesforce org that knows you.';
  if (providers) return 'Use your company’s login. Orgdock asks it only who you are.';
  if (orgs)
    return 'Choose the Salesforce org that knows you. Orgdock asks it only who you are, and who has agreed once is not asked again.';
  return 'No Salesforce org is open for signing in yet.';
}
