'use client';

import { useState } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { postJson } from '@/components/forms/post-json';
import { LinkButton } from '@/components/states/link-button';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';

/** Spends a sign-in link only when a person presses the button: mail scanners open links, too. */
export function SignInLink() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const spend = async () => {
    setBusy(true);
    setProblem(null);
    const link = window.location.hash.slice(1);
    const answer = await postJson('/api/sign-in-link', { link });
    if (answer.ok && typeof answer.body.location === 'string') {
      window.location.assign(answer.body.location);
      return;
    }
    setBusy(false);
    if (!answer.ok) setProblem(answer.problem);
  };

  return (
    <div className="space-y-5">
      <div>
        <h1 className="text-xl font-semibold tracking-tight">Sign in with a link</h1>
        <p className="mt-1.5 text-muted">
          The operator of this portal made this link for you. It works once, within 10 minutes.
        </p>
      </div>
      {problem ? <ProblemCard problem={problem} live /> : null}
      <div className="flex flex-wrap gap-2">
        <BusyButton variant="primary" busy={busy} onPress={() => void spend()}>
          Sign in
        </BusyButton>
        {problem ? (
          <LinkButton href="/sign-in" variant="ghost">
            Other ways to sign in
          </LinkButton>
        ) : null}
      </div>
    </div>
  );
}
