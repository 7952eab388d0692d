'use client';

import { useEffect, useRef } from 'react';
import { CopyField } from '@/components/forms/copy-field';

/** A signing secret, the one time that it is shown. */
export function SigningSecret({ secret }: { secret: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="space-y-3">
      <h3 ref={heading} tabIndex={-1} className="font-semibold outline-none">
        Store the signing secret now
      </h3>
      <p className="max-w-[65ch] text-pretty text-muted">
        It is shown this one time. A receiver checks with it that an event came from here (Standard Webhooks:
        headers <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>).
      </p>
      <CopyField label="Signing secret" value={secret} />
    </div>
  );
}
