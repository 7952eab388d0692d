import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { absoluteWords, Instant, relativeWords, type Viewer } from '@/components/states/instant';
import type { KeySecret } from '@/lib/broker/types';

interface SecretListProps {
  secrets: KeySecret[];
  viewer: Viewer;
  /** Ends the overlap of a rotation at once; null: the reader may not. */
  retire: ((prefix: string) => Promise<ActionResult>) | null;
}

/** The secrets that work: one, and while it is rotated the one before. */
export function SecretList({ secrets, viewer, retire }: SecretListProps) {
  if (secrets.length === 0) return <p className="text-muted">None works.</p>;
  return (
    <ul className="divide-y divide-separator">
      {secrets.map(({ prefix, createdAt, retiresAt, lastUsedAt }) => (
        <li key={prefix} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5">
          <div className="min-w-0">
            <p className="font-mono text-sm break-all">{prefix}_…</p>
            <p className="text-xs text-muted">
              Made <Instant iso={createdAt} viewer={viewer} /> ·{' '}
              {lastUsedAt ? (
                <>
                  used <Instant iso={lastUsedAt} viewer={viewer} />
                </>
              ) : (
                'never used'
              )}
            </p>
            {retiresAt ? (
              <p className="text-xs text-warning-soft-foreground">
                Replaced. Works until {absoluteWords(retiresAt, viewer)} (
                {relativeWords(retiresAt, viewer.now)}).
              </p>
            ) : null}
          </div>
          {retire && retiresAt ? (
            <ActionButton size="sm" variant="danger-soft" action={retire.bind(null, prefix)}>
              Retire now<span className="sr-only">: {prefix}</span>
            </ActionButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
