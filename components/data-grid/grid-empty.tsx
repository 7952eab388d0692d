'use client';

import { Button } from '@heroui/react/button';
import { Inbox, SearchX } from 'lucide-react';
import { EmptyState } from '@/components/states/empty-state';
import type { GridWindow } from '@/lib/records/types';
import { count, totalInWords } from './words';

interface GridEmptyProps {
  window: GridWindow;
  onClearSearch: () => void;
  onFirstPage: () => void;
}

/** Salesforce answered, and there is nothing: which is not "could not load". */
export function GridEmpty({ window, onClearSearch, onFirstPage }: GridEmptyProps) {
  const plural = window.labelPlural.toLowerCase();
  if (window.total > 0) {
    return (
      <EmptyState
        Icon={Inbox}
        title={`Page ${count(window.state.page, window.locale)} does not exist`}
        actions={<Button onPress={onFirstPage}>Go to the first page</Button>}
      >
        There are {totalInWords(window)}.
      </EmptyState>
    );
  }
  if (window.state.q) {
    return (
      <EmptyState
        Icon={SearchX}
        title={`No ${plural} match “${window.state.q}”`}
        actions={<Button onPress={onClearSearch}>Clear search</Button>}
      >
        The search looks for these letters anywhere in the name.
      </EmptyState>
    );
  }
  return (
    <EmptyState Icon={Inbox} title={`No ${plural}`}>
      Salesforce answered: this user sees no {plural} in this org.
    </EmptyState>
  );
}
