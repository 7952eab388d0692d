'use client';

import { Button } from '@heroui/react/button';
import { Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { lazy, Suspense, useEffect, useState } from 'react';

const SearchDialog = lazy(() =>
  import('./search-dialog').then(({ SearchDialog }) => ({ default: SearchDialog })),
);

const BELOW_CONNECTION = /^\/connections\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/;

/** Search over the connection whose pages one is on; elsewhere there is none. `Ctrl+K` opens it, too. */
export function HeaderSearch() {
  const connectionId = BELOW_CONNECTION.exec(usePathname())?.[1];
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (connectionId === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [connectionId]);

  if (connectionId === undefined) return null;
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        aria-label="Search records"
        aria-keyshortcuts="Control+K"
        onPress={() => setOpen(true)}
        className="max-2xl:min-w-0 max-2xl:px-2"
      >
        <Search aria-hidden="true" className="text-muted" />
        <span className="hidden text-muted 2xl:inline">Search records</span>
        <kbd className="hidden text-xs text-muted 2xl:inline">Ctrl K</kbd>
      </Button>
      <Suspense>
        {open ? <SearchDialog connectionId={connectionId} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </>
  );
}
