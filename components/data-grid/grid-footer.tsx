'use client';

import { Button } from '@heroui/react/button';
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react';
import type { GridWindow } from '@/lib/records/types';
import { costInWords, count, pageCount, rangeInWords } from './words';

interface GridFooterProps {
  window: GridWindow;
  pending: boolean;
  canPrevious: boolean;
  canNext: boolean;
  onPage: (page: number) => void;
}

/** Paging, and what the view cost of the org's API budget. */
export function GridFooter({ window, pending, canPrevious, canNext, onPage }: GridFooterProps) {
  const { page } = window.state;
  const pages = pageCount(window);
  const step = (label: string, target: number, enabled: boolean, icon: React.ReactNode) => (
    <Button
      isIconOnly
      size="sm"
      variant="ghost"
      aria-label={label}
      isDisabled={!enabled || pending}
      onPress={() => onPage(target)}
    >
      {icon}
    </Button>
  );
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-xs text-muted">
      <p className="tabular-nums" suppressHydrationWarning>
        {costInWords(window)}
      </p>
      {window.total > 0 ? (
        <nav aria-label="Pages" className="flex items-center gap-1">
          {window.ids.length > 0 ? (
            <span className="mr-3 hidden tabular-nums sm:inline" suppressHydrationWarning>
              {rangeInWords(window)}
            </span>
          ) : null}
          {step('First page', 1, canPrevious, <ChevronFirst aria-hidden="true" />)}
          {step('Previous page', page - 1, canPrevious, <ChevronLeft aria-hidden="true" />)}
          <span className="px-2 text-foreground tabular-nums" suppressHydrationWarning>
            Page {count(page, window.locale)} of {count(pages, window.locale)}
          </span>
          {step('Next page', page + 1, canNext, <ChevronRight aria-hidden="true" />)}
          {step('Last page', pages, canNext, <ChevronLast aria-hidden="true" />)}
        </nav>
      ) : null}
    </div>
  );
}
