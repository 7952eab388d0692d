'use client';

import { Button } from '@heroui/react/button';
import { ChevronLeft } from 'lucide-react';
import type { ParentChoice } from '@/lib/records/fields/types';

interface PathLineProps {
  /** From the grid's object downwards; empty: its own fields are shown. */
  trail: readonly ParentChoice[];
  onBack: () => void;
}

/** Whose fields are shown, and the way back. */
export function PathLine({ trail, onBack }: PathLineProps) {
  if (trail.length === 0) return null;
  return (
    <div className="flex items-center gap-1.5 text-sm">
      <Button isIconOnly size="sm" variant="ghost" aria-label="Back" onPress={onBack}>
        <ChevronLeft aria-hidden="true" />
      </Button>
      <p role="status" className="min-w-0 truncate font-medium">
        {trail.map(({ label }) => label).join(' › ')}
      </p>
    </div>
  );
}
