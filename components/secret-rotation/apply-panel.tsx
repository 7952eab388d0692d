import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import type { SecretRotationView } from '@/lib/provisioning/secret-rotation/types';
import { warningWords } from './rotation-words';

interface ApplyPanelProps {
  view: SecretRotationView;
  apply: (typedName: string) => Promise<ActionResult>;
}

/** What applying means in this org, with the exact numbers, and the question before it. */
export function ApplyPanel({ view, apply }: ApplyPanelProps) {
  const { environmentName, isProduction, known, reach } = view;
  const { title, text, isWarning } = warningWords(known, reach);
  const others = reach.otherEnvironments;
  return (
    <div
      data-warning={isWarning}
      className={`space-y-3 rounded-lg border px-3.5 py-3 ${isWarning ? 'border-warning/40 bg-warning-soft' : 'border-border'}`}
    >
      <div>
        <p className="font-medium">{title}</p>
        <p className="mt-1 max-w-[65ch] text-pretty">{text}</p>
        {known.behaviour === 'unknown' && isWarning ? (
          <p className="mt-2 max-w-[65ch] text-pretty text-muted">
            To know before: give the org a spare app of the same kind as an environment of its own, connect
            two Salesforce users through it, and rotate its secret first. Orgdock looks what becomes of those
            spare grants and remembers it for the org.
          </p>
        ) : null}
        {others.length > 0 ? (
          <p className="mt-2 max-w-[65ch] text-pretty">
            The same app is used by {others.join(', ')}: rotate there, too, before the old secret ends.
          </p>
        ) : null}
      </div>
      <ConfirmDialog
        trigger="Apply the new secret"
        triggerVariant={isWarning ? 'danger-soft' : 'secondary'}
        title={`Apply the new secret of ${environmentName}?`}
        confirmLabel="Apply"
        {...(isWarning ? { typedName: environmentName } : {})}
        action={apply}
      >
        {isProduction ? (
          <p className="font-medium text-foreground">This is a production environment.</p>
        ) : null}
        <p>{text}</p>
        <p>Orgdock keeps the old secret until Salesforce has accepted the new one.</p>
      </ConfirmDialog>
    </div>
  );
}
