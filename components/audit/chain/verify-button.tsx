'use client';

import { CircleCheck, ShieldCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { ProblemCard } from '@/components/states/problem-card';
import type { ChainReport } from '@/lib/audit/types';
import type { Problem } from '@/lib/errors';
import { type VerifyState, verify } from './verify';

const numbers = new Intl.NumberFormat('en');

/** Verifies the chain, shows how far it is, and then what was found. */
export function VerifyButton() {
  const router = useRouter();
  const [state, setState] = useState<VerifyState | null>(null);
  const busy = state !== null && state.report === null && state.problem === null;
  const start = async () => {
    await verify(setState);
    router.refresh();
  };
  return (
    <>
      <BusyButton
        variant="secondary"
        size="sm"
        busy={busy}
        icon={<ShieldCheck aria-hidden="true" />}
        onPress={() => void start()}
      >
        Verify
      </BusyButton>
      {busy ? (
        <div className="flex w-full items-center gap-3">
          <progress
            aria-label="Verification"
            className="h-1.5 w-full max-w-sm accent-accent"
            max={Math.max(1, state.sealed)}
            value={state.verified}
          />
          <span className="text-muted tabular-nums">{numbers.format(state.verified)} verified</span>
        </div>
      ) : null}
      <div className="w-full empty:hidden" aria-live="polite">
        {state?.report ? <Report report={state.report} /> : null}
        {state?.problem ? <ProblemCard problem={state.problem} title="The log was not verified" /> : null}
      </div>
    </>
  );
}

function Report({ report }: { report: ChainReport }) {
  const { verified, checkpoints, head, fault } = report;
  if (fault) return <ProblemCard problem={problemOf(fault.message)} />;
  return (
    <div className="rounded-lg bg-success-soft px-3.5 py-2.5 text-success-soft-foreground">
      <p className="flex items-start gap-2 font-medium">
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        Every sealed entry is as it was written. Entries: {numbers.format(verified)}, signed checkpoints:{' '}
        {numbers.format(checkpoints)}.
      </p>
      {head ? (
        <p className="mt-1 pl-6 text-xs break-all">
          Head: link {head.position}, <code className="font-mono">{head.hash}</code>
        </p>
      ) : null}
    </div>
  );
}

function problemOf(message: string): Problem {
  return {
    code: 'CONFLICT',
    message,
    nextStep:
      'Somebody has changed the database around Orgdock. Keep it as it is, and compare it with a backup and with the log of the portal, which names every signed head.',
    salesforce: null,
    details: {},
  };
}
