import { CircleCheck } from 'lucide-react';
import { LinkButton } from '@/components/states/link-button';
import type { IdentityProviderChoice } from '@/lib/environments/identity-providers/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { EnvironmentChoices } from './environment-choices';
import { ProviderChoices } from './provider-choices';

interface ConfirmIdentityProps {
  displayName: string;
  environments: EnvironmentSummary[];
  providers: IdentityProviderChoice[];
}

/** Before secrets change: the same person logs in once more, at Salesforce or at the company's identity provider. */
export function ConfirmIdentity({ displayName, environments, providers }: ConfirmIdentityProps) {
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Confirm that it is you</h1>
        <p className="mt-1.5 text-muted">
          What you are about to do changes a secret or ends grants, so Orgdock wants a sign-in of the last 10
          minutes. Log in again as {displayName}.
        </p>
      </div>
      {providers.length > 0 ? (
        <ProviderChoices
          providers={providers}
          request={{ intent: 'confirm', callbackUrl: '/sign-in?fresh=done' }}
          verb="Confirm with"
        />
      ) : null}
      <EnvironmentChoices
        environments={environments}
        request={{ intent: 'sign_in', fresh: true, callbackUrl: '/sign-in?fresh=done' }}
        verb="Confirm through"
      />
    </div>
  );
}

/** The end of the confirming tab. */
export function Confirmed() {
  return (
    <div className="space-y-4">
      <CircleCheck aria-hidden="true" className="size-8 text-success-soft-foreground" />
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Confirmed</h1>
        <p className="mt-1.5 text-muted">
          Close this tab, go back to the one you came from, and do it again. It still holds what you typed.
        </p>
      </div>
      <LinkButton href="/" variant="tertiary">
        Open Orgdock here
      </LinkButton>
    </div>
  );
}
