'use client';

import { Button } from '@heroui/react/button';
import { FilterX, Inbox, SearchX } from 'lucide-react';
import { EmptyState } from '@/components/states/empty-state';
import type { GridState, GridWindow } from '@/lib/records/types';
import { labelInText } from './words';

interface GridEmptyProps {
  window: GridWindow;
  change: (patch: Partial<GridState>) => void;
}

/** Salesforce answered, and there is nothing: which is not "could not load". */
export function GridEmpty({ window, change }: GridEmptyProps) {
  const { state, labelPlural, locale } = window;
  const plural = labelInText(labelPlural, locale);
  const all = <Button onPress={() => change({ q: '', filter: null, view: 'all' })}>Show all {plural}</Button>;
  if (state.q) {
    return (
      <EmptyState
        Icon={SearchX}
        title={`No ${plural} match “${state.q}”`}
        actions={<Button onPress={() => change({ q: '' })}>Clear search</Button>}
      >
        {state.filter ? 'Only what passes the filter was searched.' : 'Salesforce was asked and found none.'}
      </EmptyState>
    );
  }
  if (state.filter) {
    return (
      <EmptyState
        Icon={FilterX}
        title={`No ${plural} match this filter`}
        actions={
          <>
            <Button onPress={() => change({ filter: null })}>Clear filter</Button>
            {state.view === null || state.view === 'all' ? null : all}
          </>
        }
      >
        Salesforce answered: there are {plural} of which none passes every condition, or none that this user
        sees.
      </EmptyState>
    );
  }
  return (
    <EmptyState Icon={Inbox} title={`No ${plural}`}>
      Salesforce answered: this user sees no {plural} in this org.
    </EmptyState>
  );
}
