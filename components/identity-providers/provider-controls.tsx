import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';

interface ProviderControlsProps {
  name: string;
  enabled: boolean;
  enable: () => Promise<ActionResult>;
  disable: () => Promise<ActionResult>;
  remove: (typedName: string) => Promise<ActionResult>;
}

/** Opens a provider for signing in, closes it, or ends it. */
export function ProviderControls({ name, enabled, enable, disable, remove }: ProviderControlsProps) {
  return (
    <Section
      title="Signing in"
      description={
        enabled
          ? 'The sign-in page offers this provider.'
          : 'The sign-in page does not offer this provider. Enabling asks it first whether it answers.'
      }
    >
      <div className="flex flex-wrap gap-2">
        {enabled ? (
          <ConfirmDialog
            trigger="Disable"
            triggerVariant="outline"
            title={`Disable ${name}?`}
            confirmLabel="Disable"
            action={disable}
          >
            <p>Nobody can sign in through it until it is enabled again. Sessions that are open go on.</p>
          </ConfirmDialog>
        ) : (
          <ActionButton variant="primary" action={enable}>
            Enable
          </ActionButton>
        )}
        <ConfirmDialog
          trigger="Delete"
          title={`Delete ${name}?`}
          confirmLabel="Delete"
          typedName={name}
          action={remove}
        >
          <p>
            Its client secret is deleted. People stay, with their roles and connections; those who have no
            other way in need one from you.
          </p>
        </ConfirmDialog>
      </div>
    </Section>
  );
}
