import { LogIn } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import { CopyField } from '@/components/forms/copy-field';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { LinkButton } from '@/components/states/link-button';
import type { EnvironmentSummary } from '@/lib/environments/types';

interface SetupFinishProps {
  environment: EnvironmentSummary;
  redirectUri: string;
}

/** The last step of set-up: prove who you are in that org. */
export function SetupFinish({ environment, redirectUri }: SetupFinishProps) {
  return (
    <div className="space-y-6">
      <div>
        <h1 className="flex flex-wrap items-center gap-3 text-xl font-semibold tracking-tight">
          Sign in through {environment.name}
          <EnvironmentBadge {...environment} />
        </h1>
        <p className="mt-1.5 max-w-[60ch] text-muted">
          You become the administrator, the environment is pinned to the org that you sign in to, and set-up
          closes for good.
        </p>
      </div>
      <CopyField
        label="Redirect URI"
        value={redirectUri}
        hint="Salesforce must hold exactly this value as the callback URL of the app."
      />
      <div className="flex flex-wrap gap-2">
        <ConsentButton
          request={{ environment: environment.slug, intent: 'setup' }}
          variant="primary"
          icon={<LogIn aria-hidden="true" />}
        >
          Sign in and finish
        </ConsentButton>
        <LinkButton href="/setup?change=1" variant="tertiary">
          Change the environment
        </LinkButton>
      </div>
    </div>
  );
}
