import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Instant, type Viewer } from '@/components/states/instant';
import { SalesforceWords } from '@/components/states/problem-card';
import type { Certainty, ConnectionCause, ConnectionProblem } from '@/lib/connections/types';

const CERTAINTY: Record<Certainty, string> = {
  certain: 'Certain',
  likely: 'Likely',
  possible: 'Not certain',
};

interface CauseCardProps {
  problem: ConnectionProblem;
  cause: ConnectionCause;
  viewer: Viewer;
  /** The button that takes the next step, where the reader can take it. */
  action?: ReactNode;
  /** Who has to take it, when that is not the reader. */
  holder?: string | null;
}

/** Why a connection ended: the cause, how sure it is, what speaks for it, Salesforce's words, the one next step. */
export function CauseCard({ problem, cause, viewer, action, holder = null }: CauseCardProps) {
  // Where nothing speaks for one end rather than another, naming one in a headline would be a guess.
  const open = cause.certainty === 'possible' && cause.alsoPossible.length > 0;
  return (
    <section
      aria-labelledby="cause-heading"
      data-code={problem.code}
      data-cause={cause.code}
      className="rounded-xl border border-danger/25 bg-surface p-5 sm:p-6"
    >
      <div className="flex gap-3.5">
        <span className="hidden size-9 shrink-0 place-items-center rounded-lg bg-danger-soft text-danger-soft-foreground sm:grid">
          <CircleAlert aria-hidden="true" className="size-5" />
        </span>
        <div className="min-w-0 flex-1 space-y-4">
          <div>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h2 id="cause-heading" className="text-base font-semibold">
                {open ? 'Salesforce does not say why this grant ended' : cause.title}
              </h2>
              <span
                data-certainty={cause.certainty}
                className="rounded-md bg-default px-2 py-0.5 text-xs leading-5 font-medium text-default-foreground"
              >
                {CERTAINTY[cause.certainty]}
              </span>
            </div>
            {open ? (
              <Fits cause={cause} />
            ) : (
              <p className="mt-1 max-w-[70ch] text-pretty text-muted">{cause.meaning}</p>
            )}
          </div>
          <Evidence sentences={cause.evidence} />
          {!open && cause.alsoPossible.length > 0 ? (
            <p className="max-w-[70ch] text-pretty text-[0.8125rem] text-muted">
              Also possible: {cause.alsoPossible.map(({ title }) => lowerFirst(title)).join('; ')}.
            </p>
          ) : null}
          {problem.salesforce ? <SalesforceWords fault={problem.salesforce} /> : null}
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-separator pt-4">
            <div className="min-w-0 flex-1 basis-80">
              <p className="font-medium">
                {holder && cause.step === 'reconnect' ? `Next step of ${holder}` : 'Next step'}
              </p>
              <p className="mt-0.5 max-w-[65ch] text-pretty text-muted">{problem.nextStep}</p>
            </div>
            {action ? <div className="flex flex-wrap gap-2">{action}</div> : null}
          </div>
          <p className="text-xs text-muted">
            Seen <Instant iso={problem.at} viewer={viewer} exact />
          </p>
        </div>
      </div>
    </section>
  );
}

function Fits({ cause }: { cause: ConnectionCause }) {
  return (
    <>
      <p className="mt-1 text-muted">These fit what Orgdock knows, the likeliest first:</p>
      <ol className="mt-2 list-decimal space-y-0.5 pl-5 marker:text-muted">
        {[cause, ...cause.alsoPossible].map(({ code, title }) => (
          <li key={code}>{title}</li>
        ))}
      </ol>
    </>
  );
}

function Evidence({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <h3 className="text-xs font-medium text-muted">What Orgdock goes by</h3>
      <ul className="mt-1 max-w-[75ch] list-disc space-y-1 pl-5 text-pretty marker:text-muted">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** `The app …` in the middle of a sentence; a name at the beginning stays as it is. */
function lowerFirst(title: string): string {
  return title.replace(/^(?:A|The|This) /, (word) => word.toLowerCase());
}
