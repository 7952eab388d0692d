'use client';

import { Label } from '@heroui/react/label';
import { Switch } from '@heroui/react/switch';
import { useOptimistic, useState, useTransition } from 'react';
import { type ActionResult, runAction } from '@/components/forms/action-result';
import { ProblemCard } from '@/components/states/problem-card';

interface KeepAliveSwitchProps {
  on: boolean;
  action: (on: boolean) => Promise<ActionResult>;
}

/** Whether Orgdock refreshes a connection by itself before its idle limit; says why when it could not be changed. */
export function KeepAliveSwitch({ on, action }: KeepAliveSwitchProps) {
  const [shown, show] = useOptimistic(on);
  const [pending, startTransition] = useTransition();
  const [result, setResult] = useState<ActionResult | null>(null);
  const change = (wanted: boolean) => {
    if (pending) return;
    startTransition(async () => {
      show(wanted);
      setResult(await runAction(() => action(wanted)));
    });
  };
  return (
    <div className="space-y-3">
      <Switch isSelected={shown} onChange={change}>
        <Switch.Content>
          <Switch.Control>
            <Switch.Thumb />
          </Switch.Control>
          <Label>Keep alive</Label>
        </Switch.Content>
      </Switch>
      {result && !result.ok ? <ProblemCard problem={result.problem} live /> : null}
    </div>
  );
}
