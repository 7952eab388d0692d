'use client';

import type { ButtonProps } from '@heroui/react/button';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { FreshSignIn } from '@/components/forms/fresh-sign-in';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';
import { type ConsentRequest, type LinkRequest, type ProviderRequest, startConsent } from './start-consent';

interface ConsentButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'fullWidth'> {
  className?: string;
  request: ConsentRequest | ProviderRequest | LinkRequest;
  icon?: ReactNode;
  children: ReactNode;
}

/**
 * Leads to Salesforce's consent page, or to the sign-in page of an identity provider. Shows why when that is not possible.
 * A form, as its submission is the one event that React keeps until the page's scripts are there: it is often the first
 * thing that is pressed, and a press that came too early would be lost without a word.
 */
export function ConsentButton({ request, icon, children, ...button }: ConsentButtonProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const started = useRef(false);

  useEffect(() => {
    // Back from Salesforce with the back button: the page comes from the cache as it was left.
    const reset = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      started.current = false;
      setBusy(false);
    };
    window.addEventListener('pageshow', reset);
    return () => window.removeEventListener('pageshow', reset);
  }, []);

  const start = async () => {
    if (started.current) return;
    started.current = true;
    setBusy(true);
    setProblem(null);
    const answer = await startConsent(request);
    if (answer.ok) {
      window.location.assign(answer.url);
      return;
    }
    started.current = false;
    setBusy(false);
    setProblem(answer.problem);
  };

  return (
    <>
      <form action={() => void start()} className="contents">
        <BusyButton
          {...button}
          type="submit"
          busy={busy}
          busyLabel={'provider' in request ? 'Opening the sign-in page…' : 'Opening Salesforce…'}
          icon={icon}
        >
          {children}
        </BusyButton>
      </form>
      {problem ? (
        <div className="w-full pt-2">
          {problem.code === 'FRESH_SIGN_IN_REQUIRED' ? (
            <FreshSignIn problem={problem} then="do it again." />
          ) : (
            <ProblemCard problem={problem} live />
          )}
        </div>
      ) : null}
    </>
  );
}
