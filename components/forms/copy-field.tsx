'use client';

import { Button } from '@heroui/react/button';
import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useState } from 'react';

/** A value that must be taken over exactly: read-only, whole, with a button that copies it. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const id = useId();
  return (
    <div>
      <p id={id} className="label mb-1">
        {label}
      </p>
      <div className="flex items-center gap-1 rounded-lg border border-border bg-surface-secondary py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 py-0.5 font-mono text-[0.8125rem] break-all select-all">{value}</code>
        <CopyButton value={value} label={`Copy ${label.toLowerCase()}`} />
      </div>
      {hint ? <p className="mt-1 text-xs text-muted">{hint}</p> : null}
    </div>
  );
}

/** Copies a value and says so for a moment. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Without clipboard permission the value stays selectable beside the button.
    }
  };

  return (
    <>
      <Button isIconOnly size="sm" variant="ghost" aria-label={label} onPress={() => void copy()}>
        {copied ? (
          <Check aria-hidden="true" className="text-success-soft-foreground" />
        ) : (
          <Copy aria-hidden="true" />
        )}
      </Button>
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
