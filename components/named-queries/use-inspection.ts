'use client';

import { useEffect, useState } from 'react';
import { type Answer, runAction } from '@/components/forms/action-result';
import type { SoqlInspection } from '@/lib/broker/named-queries/types';
import type { QueryParameter } from '@/lib/broker/types';

/** Long enough for a word to be typed. */
const PAUSE_MS = 400;

export type Inspect = (form: FormData) => Promise<Answer<SoqlInspection>>;

/** What is known of a query while it is typed; null: nothing yet, or of a text that has changed since. */
export function useInspection(
  soql: string,
  parameters: QueryParameter[],
  inspect: Inspect,
): SoqlInspection | null {
  const [known, setKnown] = useState<{ of: string; inspection: SoqlInspection } | null>(null);
  const declared = JSON.stringify(parameters);
  const of = `${soql}\n${declared}`;
  useEffect(() => {
    if (soql.trim() === '') return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      const form = new FormData();
      form.set('soql', soql);
      form.set('parameters', declared);
      const answer = await runAction(() => inspect(form));
      if (isWanted && answer.ok) setKnown({ of: `${soql}\n${declared}`, inspection: answer.value });
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [soql, declared, inspect]);
  return known?.of === of ? known.inspection : null;
}
