'use client';

import { Button } from '@heroui/react/button';
import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { ProblemCard } from '@/components/states/problem-card';
import { formatNumber } from '@/lib/format/numbers';
import type { FieldChoices } from '@/lib/records/fields/types';
import type { ReadCost } from '@/lib/records/types';
import type { ChoicesState } from './field-choices';

interface ChoicesFrameProps {
  state: ChoicesState;
  retry: () => void;
  locale: string;
  children: (choices: FieldChoices) => ReactNode;
}

/** Fields while they come, when they came, and when they did not; says what they cost. */
export function ChoicesFrame({ state, retry, locale, children }: ChoicesFrameProps) {
  if (state.kind === 'loading') {
    return (
      <p role="status" className="flex items-center gap-2 py-6 text-sm text-muted">
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
        Asking Salesforce for the fields…
      </p>
    );
  }
  if (state.kind === 'failed') {
    const { code } = state.problem;
    return (
      <ProblemCard
        problem={{ ...state.problem, code: code === 'OFFLINE' ? 'UNAVAILABLE' : code }}
        live
        actions={
          <Button size="sm" variant="secondary" onPress={retry}>
            Try again
          </Button>
        }
      />
    );
  }
  const { choices } = state;
  return (
    <>
      {children(choices)}
      <CostLine cost={choices.cost} what={`Fields of ${choices.label}`} locale={locale} />
    </>
  );
}

/** `Fields of User: 1 API call · 14,882 left today`. Nothing when it was known already. */
export function CostLine({ cost, what, locale }: { cost: ReadCost; what: string; locale: string }) {
  if (cost.calls === 0) return null;
  const number = (value: number) => formatNumber(value, { locale, scale: 0 });
  const calls = cost.calls === 1 ? '1 API call' : `${number(cost.calls)} API calls`;
  const left = cost.budget ? ` · ${number(Math.max(0, cost.budget.max - cost.budget.used))} left today` : '';
  return <p className="pt-2 text-xs text-muted">{`${what}: ${calls}${left}`}</p>;
}
