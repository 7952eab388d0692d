import { absoluteWords, relativeWords, type Viewer } from '@/components/states/instant';
import type { EnvironmentOverview } from '@/lib/custody/environment-overview/types';
import { SECRET_ADVICE, SECRET_TONES, secretConditionOf } from './secret-condition';

/** Since when the consumer secret is what it is. */
export function SecretAge({ environment, viewer }: { environment: EnvironmentOverview; viewer: Viewer }) {
  const { secretUpdatedAt } = environment;
  const condition = secretConditionOf(environment, viewer.now);
  if (condition === 'public') return <span className={SECRET_TONES.public}>Public client</span>;
  if (secretUpdatedAt === null) return <span className={SECRET_TONES.missing}>Missing</span>;
  const note = SECRET_ADVICE[condition];
  return (
    <>
      <time
        dateTime={secretUpdatedAt}
        title={absoluteWords(secretUpdatedAt, viewer)}
        className={SECRET_TONES[condition]}
      >
        {relativeWords(secretUpdatedAt, viewer.now)}
      </time>
      {note ? <span className="block text-xs text-muted">{note}</span> : null}
    </>
  );
}
