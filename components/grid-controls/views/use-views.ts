'use client';

import { useState, useTransition } from 'react';
import { UNREACHABLE } from '@/components/forms/action-result';
import type { Problem } from '@/lib/errors';
import type { GridView } from '@/lib/records/types';
import type { ViewsAnswer } from './types';
import { mergeViews } from './view-groups';

/** The views of a grid as they are after each act; the page itself is not read again. */
export function useViews(initial: GridView[]) {
  const [known, setKnown] = useState({ initial, views: initial });
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState('');
  if (known.initial !== initial) setKnown({ initial, views: initial });

  /** Runs an act; `done` hears of the view that was saved, `words` are said when it worked. */
  const run = (act: () => Promise<ViewsAnswer>, words: string, done?: (id: string | null) => void) => {
    setSaid('');
    startTransition(async () => {
      const answer = await act().catch((): ViewsAnswer => ({ ok: false, problem: UNREACHABLE }));
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      setKnown((now) => ({ ...now, views: mergeViews(initial, answer.value.views) }));
      setSaid(words);
      done?.(answer.value.id);
    });
  };
  return { views: known.views, pending, problem, said, setSaid, run, forget: () => setProblem(null) };
}
