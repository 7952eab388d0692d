import type { ActionResult } from '@/components/forms/action-result';
import { EnvironmentForm } from './environment-form';

interface SetupEnvironmentProps {
  name: string;
  kind: string;
  apiVersion: string;
  scopes: string;
  redirectUri: string;
  previewRedirectUri: (name: string) => Promise<string | null>;
  action: (form: FormData) => Promise<ActionResult>;
}

/** The first environment: the org through which the first administrator signs in. */
export function SetupEnvironment(props: SetupEnvironmentProps) {
  const { name, kind, apiVersion, scopes, ...form } = props;
  return (
    <div className="space-y-7">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Your first environment</h1>
        <p className="mt-1.5 max-w-[60ch] text-muted">
          The Salesforce org through which you sign in. Whoever signs in next, in this browser, becomes the
          administrator of this portal.
        </p>
      </div>
      <EnvironmentForm
        {...form}
        values={{
          name,
          kind,
          origin: '',
          clientId: '',
          apiVersion,
          scopes,
          allowSignIn: true,
          membership: 'known_people',
          access: 'everyone',
        }}
        secret={{ stored: false }}
        refreshTokens={null}
        readingHours={null}
        withAccess={false}
        submitLabel="Continue"
        doneMessage=""
      />
    </div>
  );
}
