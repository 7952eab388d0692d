import { Link2 } from 'lucide-react';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ChainState } from '@/lib/audit/types';
import { VerifyButton } from './verify-button';

const numbers = new Intl.NumberFormat('en');

/** How far the chain goes, and its verification. */
export function ChainPanel({ state, viewer }: { state: ChainState; viewer: Viewer }) {
  const { sealed, waiting, waitingSince, removed } = state;
  return (
    <section
      aria-label="Hash chain"
      className="rounded-xl bg-surface px-5 py-4 text-[0.8125rem] shadow-surface"
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className="flex min-w-0 flex-1 basis-64 items-start gap-2.5">
          <Link2 aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          <span>
            <span className="font-medium tabular-nums">{numbers.format(sealed)}</span> entries sealed
            {waiting > 0 ? (
              <>
                , <span className="font-medium tabular-nums">{numbers.format(waiting)}</span> waiting
                {waitingSince ? (
                  <>
                    {' since '}
                    <Instant iso={waitingSince} viewer={viewer} />
                  </>
                ) : null}
              </>
            ) : null}
            {removed > 0 ? `, ${numbers.format(removed)} removed by retention` : null}
          </span>
        </p>
        <VerifyButton />
      </div>
    </section>
  );
}
