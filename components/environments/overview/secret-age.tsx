import { absoluteWords, relativeWords, type Viewer } from '@/components/states/instant';
import type { EnvironmentOverview } from '@/lib/custody/environment-overview/types';
import { type SecretCondition, secretConditionOf } from './secret-condition';

const TONES: Record<SecretCondition, string> = {
  public: 'text-muted',
  missing: 'text-warning-soft-foreground font-medium',
  fresh: '',
  due: 'text-warning-soft-foreground font-medium',
  old: 'text-danger-soft-foreground font-medium',
};

const NOTES: Partial<Record<SecretCondition, string>> = {
  due: 'Rotate it soon',
  old: 'Older than a year: rotate it',
};

/** Since when the consumer secret is what it is. */
export function SecretAge({ environment, viewer }: { environment: EnvironmentOverview; viewer: Viewer }) {
  const { secretUpdatedAt } = environment;
  const condition = secretConditionOf(environment, viewer.now);
  if (condition === 'public') return <span className={TONES.public}>Public client</span>;
  if (secretUpdatedAt === null) return <span className={TONES.missing}>Missing</span>;
  const note = NOTES[condition];
  return (
    <>
      <time
        dateTime={secretUpdatedAt}
        title={absoluteWords(secretUpdatedAt, viewer)}
        className={TONES[condition]}
      >
        {relativeWords(secretUpdatedAt, viewer.now)}
      </time>
      {note ? <span className="block text-xs text-muted">{note}</span> : null}
    </>
  );
}
