'use client';

import type { ButtonProps } from '@heroui/react/button';
import { type ReactNode, useState, useTransition } from 'react';
import { ProblemCard } from '@/components/states/problem-card';
import { type ActionResult, runAction } from './action-result';
import { BusyButton } from './busy-button';
import { FreshSignIn } from './fresh-sign-in';

interface ActionButtonProps extends Pick<ButtonProps, 'variant' | 'size'> {
  action: () => Promise<ActionResult>;
  icon?: ReactNode;
  children: ReactNode;
}

/** Runs a server action that needs no confirmation, and says why when it fails; a fresh sign-in is asked for here. */
export function ActionButton({ action, icon, children, ...button }: ActionButtonProps) {
  const [pending, startTransition] = useTransition();
  const [result, setResult] = useState<ActionResult | null>(null);
  return (
    <>
      <BusyButton
        {...button}
        busy={pending}
        icon={icon}
        onPress={() => startTransition(async () => setResult(await runAction(action)))}
      >
        {children}
      </BusyButton>
      {result && !result.ok ? (
        <div className="w-full pt-1">
          {result.problem.code === 'FRESH_SIGN_IN_REQUIRED' ? (
            <FreshSignIn problem={result.problem} then="do it again." />
          ) : (
            <ProblemCard problem={result.problem} live />
          )}
        </div>
      ) : null}
    </>
  );
}
