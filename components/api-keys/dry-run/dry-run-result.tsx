import { Check, CircleCheck, CircleX, X } from 'lucide-react';
import type { DryRun, TouchedObject } from '@/lib/broker/dry-run/types';
import { FAMILY_WORDS, OPERATION_WORDS } from '../words/choices';
import { listed } from '../words/policy-words';

/** Whether the call would be allowed, what was asked, and what it touches. */
export function DryRunResult({ result }: { result: DryRun }) {
  const { allowed, rule, checks, touches, family, writes, described, calls } = result;
  const refusal = checks.find(({ passes }) => !passes)?.text;
  const Icon = allowed ? CircleCheck : CircleX;
  return (
    <section
      aria-label="Result"
      data-allowed={allowed}
      className="space-y-5 rounded-xl bg-surface p-5 shadow-surface sm:p-6"
    >
      <div
        className={`flex gap-3 rounded-lg px-4 py-3 ${allowed ? 'bg-success-soft text-success-soft-foreground' : 'bg-danger-soft text-danger-soft-foreground'}`}
      >
        <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
        <div className="min-w-0">
          <h2 className="font-semibold">
            {allowed
              ? 'It would be allowed'
              : rule
                ? `It would be refused by the rule ${rule}`
                : 'It would be refused'}
          </h2>
          {refusal ? <p className="text-pretty break-words">{refusal}</p> : null}
        </div>
      </div>
      <div>
        <h3 className="text-sm font-semibold">What was asked</h3>
        <ul className="mt-2 space-y-1.5 text-sm">
          {checks.map(({ passes, text }) => (
            <li key={text} className="flex gap-2.5">
              {passes ? (
                <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success-soft-foreground" />
              ) : (
                <X aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
              )}
              <span className="min-w-0 break-words">
                <span className="sr-only">{passes ? 'Yes: ' : 'No: '}</span>
                {text}
              </span>
            </li>
          ))}
        </ul>
        {allowed ? null : (
          <p className="mt-2 text-xs text-muted">
            The first rule that refuses ends it: later ones were not asked.
          </p>
        )}
      </div>
      <div>
        <h3 className="text-sm font-semibold">What the call does</h3>
        <Touches touches={touches} />
        {family ? (
          <p className="mt-2 text-sm">It is of {FAMILY_WORDS[family].label}, which nobody can look into.</p>
        ) : null}
        {writes === null ? null : (
          <p className="mt-2 text-sm">It writes {writes === 1 ? '1 record' : `${writes} records`}.</p>
        )}
      </div>
      <p className="text-xs text-pretty text-muted">
        The call was not made. {describedInWords(described, calls)}
      </p>
    </section>
  );
}

function Touches({ touches }: { touches: TouchedObject[] | null }) {
  if (touches === null)
    return <p className="mt-2 text-sm text-muted">Nobody can tell: it could not be read.</p>;
  if (touches.length === 0) return <p className="mt-2 text-sm text-muted">It touches no object.</p>;
  return (
    <dl className="mt-2 divide-y divide-separator text-sm">
      {touches.map(({ sobject, operations, fields }) => (
        <div key={sobject} className="grid gap-x-6 gap-y-0.5 py-2 sm:grid-cols-[11rem_1fr]">
          <dt className="font-medium break-words">{nameOf(sobject)}</dt>
          <dd className="min-w-0 break-words text-muted">
            {listed(operations.map((one) => OPERATION_WORDS[one].verb))}
            {fields.length === 0
              ? null
              : `: ${fields.map((field) => (field === '*' ? 'every field' : field)).join(', ')}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function nameOf(sobject: string): string {
  if (sobject === '*') return 'Objects of every kind';
  return sobject === '' ? 'The org' : sobject;
}

function describedInWords(described: readonly string[], calls: number): string {
  if (described.length === 0) return 'Salesforce was asked for nothing.';
  const cost =
    calls === 0
      ? 'from memory, which cost no call'
      : calls === 1
        ? 'for one API call'
        : `for ${calls} API calls`;
  return `To tell, Orgdock described ${listed(described)} as the Salesforce user, ${cost}.`;
}
