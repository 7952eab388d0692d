import { Stethoscope } from 'lucide-react';
import type { ReactNode } from 'react';
import { SalesforceWords } from '@/components/states/problem-card';
import type { Diagnosis } from '@/lib/doctor/types';
import { Alternatives } from './alternatives';
import { Comparison } from './comparison';
import { ACTOR, CERTAINTY, PLACE } from './doctor-words';
import { FixSteps } from './fix-steps';

interface DoctorPanelProps {
  diagnosis: Diagnosis;
  /** Test again, ask the org, start anew: whatever the page can do. */
  actions?: ReactNode;
  /** Asks a Salesforce administrator to let the app in, where that is the fix. */
  approval?: ReactNode;
  /** `h2` unless the page’s own heading is above it. */
  heading?: 'h1' | 'h2' | 'h3';
}

/** Why something failed: cause, how sure, what speaks for it, the fix, who has to act, and Salesforce’s own words. */
export function DoctorPanel({ diagnosis, actions, approval, heading: Heading = 'h2' }: DoctorPanelProps) {
  const { cause, certainty, evidence, alternatives, comparison, raw, place, code } = diagnosis;
  return (
    <section
      aria-label="Connection Doctor"
      data-cause={cause.id}
      data-certainty={certainty}
      className="rounded-xl border border-border bg-surface p-5 sm:p-6"
    >
      <div className="flex gap-3.5">
        <span className="hidden size-9 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-soft-foreground sm:grid">
          <Stethoscope aria-hidden="true" className="size-5" />
        </span>
        <div className="min-w-0 flex-1 space-y-4">
          <div>
            <p className="text-xs font-medium text-muted">Connection Doctor</p>
            <Heading className="mt-0.5 text-base font-semibold text-balance">{cause.title}</Heading>
            <p className="mt-1 text-[0.8125rem] text-muted">
              {CERTAINTY[certainty]} · {PLACE[place]}
            </p>
            <p className="mt-2 max-w-[70ch] text-pretty">{cause.happened}</p>
            <p className="mt-1 max-w-[70ch] text-pretty text-muted">{cause.why}</p>
          </div>
          {raw ? <SalesforceWords fault={raw} /> : null}
          {comparison ? <Comparison comparison={comparison} /> : null}
          <FixSteps cause={cause} />
          <p className="text-[0.8125rem]">
            <span className="text-muted">Who has to act: </span>
            <span className="font-medium">{ACTOR[cause.actor]}</span>
          </p>
          {approval}
          <Evidence sentences={evidence} />
          <Alternatives alternatives={alternatives} />
          {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
          <Footer diagnosis={diagnosis} code={code} />
        </div>
      </div>
    </section>
  );
}

function Evidence({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <h3 className="text-xs font-medium text-muted">Evidence</h3>
      <ul className="mt-1 max-w-[75ch] list-disc space-y-1 pl-5 text-pretty break-words marker:text-muted">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function Footer({ diagnosis, code }: { diagnosis: Diagnosis; code: string }) {
  const { article } = diagnosis.cause;
  return (
    <footer className="space-y-1 border-t border-separator pt-3 text-xs text-muted">
      {article ? (
        <p>
          Salesforce on this:{' '}
          <a href={article.url} target="_blank" rel="noreferrer" className="text-link underline">
            {article.title}
          </a>
        </p>
      ) : null}
      <p>
        Checked against {diagnosis.checked} · {code} ·{' '}
        <a href={diagnosis.feedbackUrl} target="_blank" rel="noreferrer" className="text-link underline">
          Was this helpful? Tell the project
        </a>
      </p>
    </footer>
  );
}
