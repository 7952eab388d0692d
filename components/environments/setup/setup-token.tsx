'use client';

import { useRouter } from 'next/navigation';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';

/** The door of set-up: only who can read the server's output may come in. */
export function SetupToken({ action }: { action: (form: FormData) => Promise<ActionResult> }) {
  const router = useRouter();
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Set up Orgdock</h1>
        <p className="mt-1.5 text-muted">
          This portal is new. Enter its set-up token: the server printed it when it started, or it is in{' '}
          <code className="font-mono text-[0.8125rem]">ORGDOCK_SETUP_TOKEN</code>.
        </p>
      </div>
      <ActionForm
        label="Open set-up"
        action={action}
        submitLabel="Continue"
        doneMessage=""
        onDone={() => router.refresh()}
      >
        {() => <Field name="token" label="Set-up token" type="password" required maxLength={200} />}
      </ActionForm>
    </div>
  );
}
