'use client';

import { useState, useTransition } from 'react';
import { UNREACHABLE } from '@/components/forms/action-result';
import type { Problem } from '@/lib/errors';
import type { GridView } from '@/lib/records/types';
import type { ViewsAnswer } from './types';
import { mergeViews } from './view-groups';

/** Runs acts on the views of a grid; `onViews` hears of those there are then. The page itself is not read again. */
export function useViewActs(views: GridView[], onViews: (views: GridView[]) => void) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState('');

  /** Runs an act; `done` hears of the view that was saved, `words` are said when it worked. */
  const run = (act: () => Promise<ViewsAnswer>, words: string, done?: (id: string | null) => void) => {
    setSaid('');
    startTransition(async () => {
      const answer = await act().catch((): ViewsAnswer => ({ ok: false, problem: UNREACHABLE }));
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      onViews(mergeViews(views, answer.value.views));
      setSaid(words);
      done?.(answer.value.id);
    });
  };
  return { pending, problem, said, setSaid, run, forget: () => setProblem(null) };
}
