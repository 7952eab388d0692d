import type { AppType, PermittedUsers } from '@/lib/provisioning/app-pack/types';
import type { CredentialsOutcome, DeploymentState } from '@/lib/provisioning/deployment/types';

export const PERMITTED_USERS: ReadonlyArray<{ value: PermittedUsers; label: string }> = [
  { value: 'AllSelfAuthorized', label: 'All users can self-authorize' },
  { value: 'AdminApprovedPreAuthorized', label: 'Only holders of a permission set' },
];

/** Where Setup shows key and secret. */
export const CONSUMER_PATH: Record<AppType, string> = {
  external_client_app:
    'Setup → External Client App Manager → the app → Settings → OAuth Settings → Consumer Key and Secret',
  connected_app: 'Setup → App Manager → the app’s row → View → Manage Consumer Details',
};

/** What a deployment is doing, or how it ended. */
export const DEPLOYMENT_WORDS: Record<DeploymentState, string> = {
  waiting: 'Waiting to be sent',
  sent: 'Sent, Salesforce has not answered yet',
  in_progress: 'Salesforce is deploying',
  succeeded: 'Deployed',
  failed: 'Salesforce refused it',
  cancelled: 'Cancelled',
  unknown: 'Salesforce’s answer was lost',
};

const CREDENTIALS_WORDS: Record<CredentialsOutcome, string> = {
  stored: 'Key and secret were read from the org and stored.',
  key_only: 'The key was read from the org. The org does not give the secret away: copy it from Setup.',
  refused: 'Your Salesforce user may not read key and secret: copy them from Setup.',
  failed: 'Key and secret were not taken from the org: enter those of the app in step 3.',
};

/** What became of key and secret. A key that waits for its secret has changed nothing yet. */
export function credentialsWords(
  outcome: CredentialsOutcome,
  { waitingKey }: { waitingKey: string | null },
): string {
  return waitingKey === null || outcome === 'stored'
    ? CREDENTIALS_WORDS[outcome]
    : 'The org made an app with another key and does not give its secret away. Nothing was changed: enter its key and secret together under “Key and secret”.';
}
