'use client';

import { ExternalLink, ShieldCheck } from 'lucide-react';
import { LinkButton } from '@/components/states/link-button';
import type { Problem } from '@/lib/errors';

interface FreshSignInProps {
  problem: Problem;
  /** What to do after coming back, as a whole sentence's end. */
  then: string;
}

/** Asks to prove again who is there, in another tab: what is typed here stays as it is. */
export function FreshSignIn({ problem, then }: FreshSignInProps) {
  return (
    <section role="alert" className="rounded-xl border border-accent/30 bg-accent-soft p-5">
      <div className="flex gap-3.5">
        <ShieldCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-soft-foreground" />
        <div className="space-y-3">
          <div>
            <p className="font-semibold">{problem.message}</p>
            <p className="mt-1 text-foreground">
              Confirm who you are in a new tab, come back here, and {then}
            </p>
          </div>
          <LinkButton href="/sign-in?fresh=1" target="_blank" variant="primary" prefetch={false}>
            Confirm in a new tab
            <ExternalLink aria-hidden="true" />
          </LinkButton>
        </div>
      </div>
    </section>
  );
}
