'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { LinkButton } from '@/components/states/link-button';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-lg px-4 py-20 outline-none">
      <h1 className="text-xl font-semibold tracking-tight">Something went wrong inside Orgdock</h1>
      <p className="mt-2 text-muted">
        Nothing that was saved is lost. Try again; if it happens again, give your administrator this mark for
        the log
        {error.digest ? (
          <>
            : <code className="font-mono text-foreground">{error.digest}</code>
          </>
        ) : null}
        .
      </p>
      <div className="mt-6 flex flex-wrap gap-2">
        <BusyButton variant="primary" busy={pending} icon={<RotateCw aria-hidden="true" />} onPress={retry}>
          Try again
        </BusyButton>
        <LinkButton href="/" variant="tertiary">
          Go to my connections
        </LinkButton>
      </div>
    </main>
  );
}
