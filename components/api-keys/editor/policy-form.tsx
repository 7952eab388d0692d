'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { LinkButton } from '@/components/states/link-button';
import type { KeyPolicy } from '@/lib/broker/types';
import type { EditorOptions } from './fields';
import { PolicyFields } from './policy-fields';

interface PolicyFormProps {
  policy: KeyPolicy;
  /** When the key ends now, in words. */
  expiry: string;
  options: EditorOptions;
  /** The page of the key. */
  href: string;
  save: (form: FormData) => Promise<ActionResult>;
}

/** Changes what a key may do. */
export function PolicyForm({ policy, expiry, options, href, save }: PolicyFormProps) {
  return (
    <ActionForm
      label="Policy"
      action={save}
      submitLabel="Save"
      doneMessage="Saved. It holds from the next call on."
      secondary={
        <LinkButton href={href} variant="ghost">
          Back to the key
        </LinkButton>
      }
    >
      {(errors) => <PolicyFields stored={policy} expiry={expiry} options={options} errors={errors} />}
    </ActionForm>
  );
}
