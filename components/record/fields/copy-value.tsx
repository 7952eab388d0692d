'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

interface CopyValueProps {
  label: string;
  /** The text, or how to get it. */
  text: () => string | Promise<string>;
}

/** Copies one value. Seen on hover, on focus and where nothing hovers. A plain button: a record may have 800. */
export function CopyValue({ label, text }: CopyValueProps) {
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 2000);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setSaid('copied');
    } catch {
      setSaid('refused');
    }
  };

  const Icon = said === 'copied' ? Check : Copy;
  return (
    <>
      <button
        type="button"
        aria-label={`Copy ${label}`}
        onClick={() => void copy()}
        className="grid size-7 shrink-0 cursor-pointer place-items-center rounded-md text-muted opacity-0 group-hover:opacity-100 hover:bg-default hover:text-foreground focus-visible:opacity-100 [@media(hover:none)]:opacity-100"
      >
        <Icon aria-hidden="true" className="size-3.5" />
      </button>
      {said === null ? null : (
        <span role="status" className={said === 'copied' ? 'sr-only' : 'text-xs text-muted'}>
          {said === 'copied' ? 'Copied' : 'The browser did not let it be copied.'}
        </span>
      )}
    </>
  );
}
