import {
  SECRET_ADVICE,
  SECRET_TONES,
  secretConditionOf,
} from '@/components/environments/overview/secret-condition';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { SecretRotation, SecretRotationView } from '@/lib/provisioning/secret-rotation/types';
import { OpenRotation, type RotationActions } from './open-rotation';
import { ageWords } from './rotation-words';
import { StagePanel } from './stage-panel';

interface SecretRotationProps {
  view: SecretRotationView;
  viewer: Viewer;
  /** Null: the reader may look only. */
  actions: RotationActions | null;
}

/** The consumer secret of an environment: its age, its rotation, and what came of earlier ones. */
export function SecretRotationSection({ view, viewer, actions }: SecretRotationProps) {
  const { hasSecret, secretSince, holdsPrevious, open, earlier } = view;
  return (
    <Section
      title="Consumer secret"
      description="A new secret is staged beside the present one, applied, and confirmed by its first success; only then is the old one deleted. The consumer key stays."
    >
      <div className="space-y-5">
        {hasSecret && secretSince ? (
          <SecretAge since={secretSince} viewer={viewer} />
        ) : (
          <p className="text-muted">
            No secret is stored: a public client has none, and a draft gets it with its app. There is nothing
            to rotate.
          </p>
        )}
        {open ? (
          <OpenRotation rotation={open} view={view} viewer={viewer} actions={actions} />
        ) : hasSecret && holdsPrevious ? (
          <p className="max-w-[65ch] text-pretty text-muted">
            The secret was replaced on the environment’s form, and Salesforce has not accepted the new one
            yet. Another one can be staged after the next refresh.
          </p>
        ) : hasSecret && actions ? (
          <StagePanel {...actions} appType={view.appType} canAskOrg={view.canAskOrg} />
        ) : null}
        {earlier.length > 0 ? <EarlierRotations rotations={earlier} viewer={viewer} /> : null}
      </div>
    </Section>
  );
}

function SecretAge({ since, viewer }: { since: string; viewer: Viewer }) {
  const condition = secretConditionOf({ clientType: 'confidential', secretUpdatedAt: since }, viewer.now);
  const advice = SECRET_ADVICE[condition];
  return (
    <div>
      <p>
        The present secret is {ageWords(since, viewer.now)}, in use here since{' '}
        <Instant iso={since} viewer={viewer} exact />.
      </p>
      {advice ? <p className={SECRET_TONES[condition]}>{advice}.</p> : null}
    </div>
  );
}

function EarlierRotations({ rotations, viewer }: { rotations: SecretRotation[]; viewer: Viewer }) {
  return (
    <div>
      <h3 className="font-medium">Earlier rotations</h3>
      <ul className="mt-2 space-y-2">
        {rotations.map((rotation) => (
          <li key={rotation.id}>
            <p>
              {rotation.retiredAt ? 'Finished ' : 'Cancelled '}
              <Instant
                iso={rotation.retiredAt ?? rotation.cancelledAt ?? rotation.stagedAt}
                viewer={viewer}
                exact
              />
            </p>
            <p className="text-xs text-muted">{outcomeOf(rotation)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function outcomeOf({ retiredAt, behaviour, behaviourEvidence }: SecretRotation): string {
  if (retiredAt === null) return 'The secret of before stayed in use.';
  return behaviour === 'unknown' || behaviourEvidence === null
    ? 'What the org did to the grants of before was not seen.'
    : behaviourEvidence;
}
