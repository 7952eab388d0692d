'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import type { DryRun, DryRunForm, TriedQuery } from '@/lib/broker/dry-run/types';
import { CallFields } from './call-fields';
import { CircumstanceFields } from './circumstance-fields';
import { DryRunResult } from './dry-run-result';

interface DryRunPanelProps {
  begin: DryRunForm;
  connections: ReadonlyArray<{ id: string; label: string }>;
  queries: readonly TriedQuery[];
  run: (form: FormData) => Promise<Answer<DryRun>>;
}

/** Asks whether a call would be allowed; the answer stands below until the next one. */
export function DryRunPanel({ begin, connections, queries, run }: DryRunPanelProps) {
  const [result, setResult] = useState<DryRun | null>(null);
  const ask = async (form: FormData): Promise<ActionResult> => {
    const answer = await run(form);
    setResult(answer.ok ? answer.value : null);
    return answer;
  };
  return (
    <div className="space-y-6">
      <div className="rounded-xl bg-surface p-5 shadow-surface sm:p-6">
        <ActionForm label="Dry run" action={ask} submitLabel="Would it be allowed?" doneMessage="">
          {(errors) => (
            <>
              <CallFields begin={begin} queries={queries} errors={errors} />
              <CircumstanceFields begin={begin} connections={connections} errors={errors} />
            </>
          )}
        </ActionForm>
      </div>
      <div aria-live="polite">{result ? <DryRunResult result={result} /> : null}</div>
    </div>
  );
}
