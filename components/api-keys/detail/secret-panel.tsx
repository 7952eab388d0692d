'use client';

import { Button } from '@heroui/react/button';
import { useEffect, useRef } from 'react';
import { CopyField } from '@/components/forms/copy-field';

interface SecretPanelProps {
  secret: string;
  onStored: () => void;
}

/** A secret, this once. It lives in this page's memory and nowhere else. */
export function SecretPanel({ secret, onStored }: SecretPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      aria-label="The secret of the key"
      className="space-y-4 rounded-xl border border-accent/30 bg-accent-soft p-5"
    >
      <div>
        <h2 ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
          Copy the secret now
        </h2>
        <p className="mt-1 max-w-[65ch] text-pretty">
          Orgdock keeps only its hash, so nobody can show it to you again. Store it where your program reads
          its secrets; never in a repository, a URL or a chat.
        </p>
      </div>
      <CopyField label="Secret" value={secret} />
      <Button variant="primary" onPress={onStored}>
        I have stored it
      </Button>
    </section>
  );
}
