import { Circle, CircleCheck } from 'lucide-react';
import { Instant, type Viewer } from '@/components/states/instant';
import type { SecretRotation } from '@/lib/provisioning/secret-rotation/types';
import { timelineOf } from './rotation-words';

/** How far a rotation is: what is done with its time, and what comes. */
export function RotationTimeline({ rotation, viewer }: { rotation: SecretRotation; viewer: Viewer }) {
  return (
    <ol aria-label="Steps of the rotation" className="space-y-3">
      {timelineOf(rotation).map(({ label, at, hint }) => {
        const Icon = at === null ? Circle : CircleCheck;
        return (
          <li key={label} data-done={at !== null} className="flex gap-3">
            <Icon
              aria-hidden="true"
              className={`mt-0.5 size-4 shrink-0 ${at === null ? 'text-muted' : 'text-success-soft-foreground'}`}
            />
            <div className="min-w-0">
              <p className={at === null ? 'text-muted' : 'text-foreground'}>
                {label}
                {at === null ? <span className="sr-only"> (to come)</span> : null}
              </p>
              <p className="text-xs text-muted">
                {at === null ? null : <Instant iso={at} viewer={viewer} exact />}
                {hint ? <span>{at === null ? hint : ` · ${hint}`}</span> : null}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
