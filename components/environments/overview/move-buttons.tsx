'use client';

import { Button } from '@heroui/react/button';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, useTransition } from 'react';
import { type ActionResult, runAction } from '@/components/forms/action-result';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';

interface MoveButtonsProps {
  name: string;
  /** Null: it is the first, or the last. */
  up: (() => Promise<ActionResult>) | null;
  down: (() => Promise<ActionResult>) | null;
}

/** Moves an environment in the list. The buttons stay, also at its ends, so that the focus has where to be. */
export function MoveButtons({ name, up, down }: MoveButtonsProps) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = (action: MoveButtonsProps['up']) => {
    if (pending || action === null) return;
    startTransition(async () => {
      const result = await runAction(action);
      setProblem(result.ok ? null : result.problem);
    });
  };
  return (
    <>
      <span className="flex gap-0.5">
        <Button
          isIconOnly
          size="sm"
          variant="ghost"
          aria-label={`Move ${name} up`}
          aria-disabled={up === null}
          className="aria-disabled:opacity-40"
          onPress={() => run(up)}
        >
          <ArrowUp aria-hidden="true" />
        </Button>
        <Button
          isIconOnly
          size="sm"
          variant="ghost"
          aria-label={`Move ${name} down`}
          aria-disabled={down === null}
          className="aria-disabled:opacity-40"
          onPress={() => run(down)}
        >
          <ArrowDown aria-hidden="true" />
        </Button>
      </span>
      {problem ? <ProblemCard problem={problem} live /> : null}
    </>
  );
}
