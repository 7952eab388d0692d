'use client';

import { useEffect, useState } from 'react';
import { runAction } from '@/components/forms/action-result';
import type { KnownName } from '@/lib/broker/types';
import type { EditorOptions, NamesAsked } from '../fields';

const NONE: readonly KnownName[] = [];

export interface Known {
  names: readonly KnownName[];
  /** The answer is on its way. */
  isLooking: boolean;
}

/**
 * Names to offer for what is asked; `asked` null: nothing is wanted yet. None, too, when they could not be looked up:
 * whoever writes a policy can type them.
 */
export function useKnownNames(look: EditorOptions['knownNames'], asked: NamesAsked | null): Known {
  const question = look && asked && JSON.stringify(asked);
  const [answer, setAnswer] = useState<{ question: string; names: readonly KnownName[] } | null>(null);
  useEffect(() => {
    if (!look || !question) return;
    let isWanted = true;
    void runAction(() => look(JSON.parse(question) as NamesAsked)).then((found) => {
      if (isWanted) setAnswer({ question, names: found.ok ? found.value : NONE });
    });
    return () => {
      isWanted = false;
    };
  }, [look, question]);
  const isAnswered = answer !== null && answer.question === question;
  return { names: isAnswered ? answer.names : NONE, isLooking: Boolean(question) && !isAnswered };
}
