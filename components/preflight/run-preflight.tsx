'use client';

import { PlugZap } from 'lucide-react';
import { useState, useTransition } from 'react';
import { type ActionResult, runAction } from '@/components/forms/action-result';
import { BusyButton } from '@/components/forms/busy-button';
import { ProblemCard } from '@/components/states/problem-card';

interface RunPreflightProps {
  hasResult: boolean;
  run: () => Promise<ActionResult>;
}

/** Starts the test. What fails is told above the last result, which stays. */
export function RunPreflight({ hasResult, run }: RunPreflightProps) {
  const [pending, startTransition] = useTransition();
  const [result, setResult] = useState<ActionResult | null>(null);
  const start = () =>
    startTransition(async () => {
      setResult(null);
      setResult(await runAction(run));
    });
  return (
    <div className="space-y-3">
      <BusyButton
        variant={hasResult ? 'secondary' : 'primary'}
        busy={pending}
        busyLabel="Asking Salesforce…"
        icon={<PlugZap aria-hidden="true" />}
        onPress={start}
      >
        {hasResult ? 'Test again' : 'Test connection'}
      </BusyButton>
      {pending ? (
        <p className="text-muted">
          Network, app, secret and rights are asked at once. This takes some seconds, at most half a minute.
        </p>
      ) : null}
      {result && !result.ok ? (
        <ProblemCard problem={result.problem} title="The test did not run to its end." live />
      ) : null}
    </div>
  );
}
