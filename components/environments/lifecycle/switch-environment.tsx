import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';
import type { EnvironmentDeletionPreview } from '@/lib/custody/types';

interface SwitchEnvironmentProps {
  name: string;
  status: 'active' | 'disabled';
  /** What is connected through it. */
  preview: EnvironmentDeletionPreview;
  disable: () => Promise<ActionResult>;
  enable: () => Promise<ActionResult>;
}

/** Takes an environment out of use for a while, or into use again. */
export function SwitchEnvironment({ name, status, preview, disable, enable }: SwitchEnvironmentProps) {
  const { connections, lastForSignIn } = preview;
  const count = connections === 1 ? '1 connection' : `${connections} connections`;
  if (status === 'disabled') {
    return (
      <Section
        title="Enable this environment"
        description={`${count} ${connections === 1 ? 'waits' : 'wait'} for it.`}
      >
        <ConfirmDialog
          trigger="Enable environment"
          triggerVariant="secondary"
          title={`Enable ${name}?`}
          confirmLabel="Enable"
          confirmVariant="primary"
          action={enable}
        >
          <p>People sign in, connect and read through it again, as its settings say: {count}.</p>
        </ConfirmDialog>
      </Section>
    );
  }
  return (
    <Section
      title="Disable this environment"
      description="Closes it for a while: nothing is revoked, and everything can be used again at once."
    >
      <ConfirmDialog
        trigger="Disable environment"
        title={`Disable ${name}?`}
        confirmLabel="Disable"
        action={disable}
      >
        <p>
          Until it is enabled again, nobody signs in or connects through it, and nothing is read through its{' '}
          {count}. No grant is revoked: they are kept alive, and their owners are told why they cannot read.
        </p>
        {lastForSignIn ? (
          <p className="font-medium text-foreground">
            It is the only environment that is open for signing in: until it is enabled again, people come in
            by links from the command line only.
          </p>
        ) : null}
      </ConfirmDialog>
    </Section>
  );
}
