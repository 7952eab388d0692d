import { LinkButton } from '@/components/states/link-button';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { EnvironmentChoices } from './environment-choices';

interface SignInChoicesProps {
  environments: EnvironmentSummary[];
  /** Where to go afterwards; null: where Orgdock thinks best. */
  callbackPath: string | null;
  /** Set-up still waits for somebody. */
  setupOpen: boolean;
}

/** Sign in through one of the orgs that allow it. There are no passwords in Orgdock. */
export function SignInChoices({ environments, callbackPath, setupOpen }: SignInChoicesProps) {
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Sign in to Orgdock</h1>
        <p className="mt-1.5 text-muted">
          {environments.length > 0
            ? 'Choose the Salesforce org that knows you. Orgdock asks it only who you are.'
            : 'No Salesforce org is open for signing in yet.'}
        </p>
      </div>
      {environments.length > 0 ? (
        <EnvironmentChoices
          environments={environments}
          request={{ intent: 'sign_in', ...(callbackPath ? { callbackUrl: callbackPath } : {}) }}
          verb="Sign in through"
        />
      ) : setupOpen ? (
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
        There are no passwords in Orgdock. You log in at Salesforce, with everything that your org asks for.
      </p>
    </div>
  );
}
