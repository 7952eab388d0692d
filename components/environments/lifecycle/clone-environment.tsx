import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';

interface CloneEnvironmentProps {
  name: string;
  clone: (name: string) => Promise<ActionResult>;
}

/** A draft with the same settings, such as for the next sandbox. */
export function CloneEnvironment({ name, clone }: CloneEnvironmentProps) {
  return (
    <Section
      title="Clone this environment"
      description="Makes a draft with the same settings. Consumer key, secret and expected org are not copied: every org has its own app."
    >
      <ConfirmDialog
        trigger="Clone environment"
        triggerVariant="secondary"
        title={`Clone ${name}`}
        confirmLabel="Clone"
        confirmVariant="primary"
        question={{
          label: 'Name of the new environment',
          suggestion: `Copy of ${name}`.slice(0, 80),
          maxLength: 80,
        }}
        action={clone}
      >
        <p>The copy is a draft with an address and a redirect URI of its own. Its settings open next.</p>
      </ConfirmDialog>
    </Section>
  );
}
