'use client';

import { Button } from '@heroui/react/button';
import { RotateCw } from 'lucide-react';
import { timeWords } from '@/components/states/instant';
import type { GridWindow } from '@/lib/records/types';

interface RefreshButtonProps {
  window: Pick<GridWindow, 'locale' | 'timeZone'>;
  /** ISO instant of the newest answer. */
  asOf: string;
  pending: boolean;
  onRefresh: () => void;
}

/** When Salesforce last answered, and the way to ask again. */
export function RefreshButton({ window, asOf, pending, onRefresh }: RefreshButtonProps) {
  const time = timeWords(asOf, window);
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`Refresh, as of ${time}`}
      isDisabled={pending}
      onPress={onRefresh}
    >
      <RotateCw aria-hidden="true" />
      <span className="hidden text-xs text-muted tabular-nums md:inline">as of {time}</span>
    </Button>
  );
}
