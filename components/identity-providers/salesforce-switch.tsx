import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';
import type { SalesforceSignIn } from '@/lib/environments/identity-providers/types';

interface SalesforceSwitchProps {
  state: SalesforceSignIn;
  /** Null for an auditor, who only reads. */
  change: ((allowed: boolean) => Promise<ActionResult>) | null;
}

/** Whether the sign-in page offers Salesforce. Connecting orgs has nothing to do with it. */
export function SalesforceSwitch({ state, change }: SalesforceSwitchProps) {
  const { allowed, maySwitchOff } = state;
  return (
    <Section title="Salesforce sign-in" description={inWords(state)}>
      {change === null ? null : allowed ? (
        maySwitchOff ? (
          <ConfirmDialog
            trigger="Switch off"
            triggerVariant="outline"
            title="Switch Salesforce sign-in off?"
            confirmLabel="Switch off"
            action={change.bind(null, false)}
          >
            <p>
              People then sign in through the identity provider only. Who has not linked it yet on the account
              page loses the way to their connections, which go on working.
            </p>
            <p>
              If the provider fails, the operator of this server makes a link:{' '}
              <code className="font-mono text-[0.8125rem]">npm run admin -- sign-in-link</code>
            </p>
          </ConfirmDialog>
        ) : null
      ) : (
        <ActionButton variant="primary" action={change.bind(null, true)}>
          Switch on
        </ActionButton>
      )}
    </Section>
  );
}

function inWords({ allowed, maySwitchOff }: SalesforceSignIn): string {
  if (!allowed) return 'Off. The sign-in page offers the identity providers only.';
  if (maySwitchOff) return 'On. People may also sign in through the Salesforce orgs that allow it.';
  return 'On. It can be switched off once an administrator has signed in through an enabled identity provider: link it on your account page first, then sign in with it.';
}
