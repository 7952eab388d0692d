import type { Answer } from '@/components/forms/action-result';
import { EnvironmentForm } from '../form/environment-form';
import type { EnvironmentFormValues } from '../form/form-values';

interface SetupEnvironmentProps {
  values: EnvironmentFormValues;
  redirectUri: string;
  previewRedirectUri: (name: string) => Promise<string | null>;
  action: (form: FormData) => Promise<Answer<{ slug: string }>>;
}

/** The first environment: the org through which the first administrator signs in. */
export function SetupEnvironment(props: SetupEnvironmentProps) {
  return (
    <div className="space-y-7">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Your first environment</h1>
        <p className="mt-1.5 max-w-[60ch] text-muted">
          The Salesforce org through which you sign in. Whoever signs in next, in this browser, becomes the
          administrator of this portal.
        </p>
      </div>
      <EnvironmentForm {...props} status="setup" secret={{ stored: false }} timeZones={[]} timeZone="UTC" />
    </div>
  );
}
