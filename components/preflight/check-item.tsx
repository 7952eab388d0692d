import { ChevronDown, ExternalLink } from 'lucide-react';
import { CopyButton } from '@/components/forms/copy-field';
import type { CheckResult } from '@/lib/provisioning/preflight/types';
import { CheckStateBadge } from './check-state';
import { KNOWN_BY_WORDS } from './check-words';

/** One check: its state, what speaks for it, and how to mend it. What is wrong is open from the start. */
export function CheckItem({ check }: { check: CheckResult }) {
  const { id, state, title, evidence, fix, knownBy } = check;
  return (
    <li data-check={id} data-state={state}>
      <details open={state === 'red'} className="group">
        <summary className="flex cursor-pointer list-none items-center gap-3 rounded-md py-2.5 [&::-webkit-details-marker]:hidden">
          <span className="w-24 shrink-0">
            <CheckStateBadge state={state} />
          </span>
          <span className="min-w-0 flex-1 font-medium">{title}</span>
          <ChevronDown
            aria-hidden="true"
            className="size-4 shrink-0 text-muted transition-transform group-open:rotate-180"
          />
        </summary>
        <div className="space-y-3 pb-4 sm:pl-27">
          <div className="max-w-[65ch] space-y-1 text-pretty">
            {evidence.map((sentence) => (
              <p key={sentence} className="break-words">
                {sentence}
              </p>
            ))}
          </div>
          {fix ? <Fix fix={fix} title={title} /> : null}
          <p className="text-xs text-muted">{KNOWN_BY_WORDS[knownBy]}</p>
        </div>
      </details>
    </li>
  );
}

function Fix({ fix, title }: { fix: NonNullable<CheckResult['fix']>; title: string }) {
  const { text, path, url } = fix;
  return (
    <div className="space-y-2 rounded-lg bg-surface-secondary px-3.5 py-3">
      <div className="flex items-start gap-1">
        <p className="min-w-0 flex-1 py-1 break-words">{text}</p>
        <CopyButton value={text} label={`Copy what to do: ${title}`} />
      </div>
      {path ? (
        <div className="flex items-center gap-1">
          <p className="min-w-0 flex-1 text-[0.8125rem] text-muted">{path}</p>
          <CopyButton value={path} label={`Copy the path in Setup: ${title}`} />
        </div>
      ) : null}
      {url ? (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1.5 text-[0.8125rem] font-medium text-accent-soft-foreground underline underline-offset-4"
        >
          Open in Salesforce
          <ExternalLink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{`: ${title}`}</span>
        </a>
      ) : null}
    </div>
  );
}
