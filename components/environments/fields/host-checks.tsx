import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import type { HostCheck, HostOutcome, HostReport } from '@/lib/environments/host/types';
import { KINDS } from '../choices';

const WORDS: Record<HostOutcome, string> = {
  found: 'a Salesforce org',
  moved: 'leads elsewhere',
  unresolvable: 'no such name',
  private: 'not allowed',
  certificate: 'certificate not accepted',
  unreachable: 'no answer',
  no_document: 'no Salesforce org',
};

const NEXT_STEP =
  'Open the org in a browser, paste the address of any of its pages, and check that this machine reaches it. In Salesforce: Setup → My Domain shows the address.';

/** What was asked about an address, host by host, and what Orgdock proposes. */
export function HostChecks({ report }: { report: HostReport }) {
  const { proposal, checks, notes } = report;
  const kind = KINDS.find(({ value }) => value === proposal?.kind)?.label;
  return (
    <section role="status" className="space-y-2 rounded-lg border border-border px-4 py-3">
      <p className="font-medium">
        {proposal ? `The org answers at ${proposal.origin}` : 'No Salesforce org answers at this address'}
      </p>
      {kind ? <p className="text-muted">Its name says: {kind}.</p> : null}
      {proposal?.lastResort ? (
        <p className="text-warning-soft-foreground">
          This is where everybody logs in, not the address of one org. External Client Apps work only through
          the My Domain of their org, so use that.
        </p>
      ) : null}
      {proposal ? null : <p className="text-muted">{NEXT_STEP}</p>}
      <ul className="space-y-1.5">
        {checks.map((check) => (
          <Check key={check.origin} check={check} />
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
    </section>
  );
}

function Check({ check }: { check: HostCheck }) {
  const { outcome, origin, why, evidence } = check;
  return (
    <li className="flex gap-2">
      <Sign outcome={outcome} />
      <p className="min-w-0 break-words">
        <span className="font-mono text-sm">{new URL(origin).host}</span> ({why}): {WORDS[outcome]}.{' '}
        <span className="text-muted">{evidence}</span>
      </p>
    </li>
  );
}

function Sign({ outcome }: { outcome: HostOutcome }) {
  const shape = 'mt-0.5 size-4 shrink-0';
  if (outcome === 'found') {
    return <CircleCheck aria-hidden="true" className={`${shape} text-success-soft-foreground`} />;
  }
  return outcome === 'moved' ? (
    <CircleAlert aria-hidden="true" className={`${shape} text-warning-soft-foreground`} />
  ) : (
    <CircleX aria-hidden="true" className={`${shape} text-danger`} />
  );
}
