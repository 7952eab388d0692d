'use client';

import { RotateCw } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { LinkButton } from '@/components/states/link-button';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';

interface GridProblemProps {
  problem: Problem;
  label: string;
  /** Page of the connection, when the way on is there. */
  connectionHref: string | null;
}

/** Salesforce could not be read. Never looks like an empty list. */
export function GridProblem({ problem, label, connectionHref }: GridProblemProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  return (
    <div className="w-full max-w-3xl">
      <ProblemCard
        title={`${label} could not be loaded`}
        problem={problem}
        actions={
          <>
            <BusyButton
              busy={pending}
              variant="secondary"
              icon={<RotateCw aria-hidden="true" />}
              onPress={() => startTransition(() => router.refresh())}
            >
              Try again
            </BusyButton>
            {problem.code === 'SALESFORCE_QUERY_REFUSED' ? (
              <LinkButton href={pathname} variant="ghost">
                Clear search and sorting
              </LinkButton>
            ) : null}
            {connectionHref ? (
              <LinkButton href={connectionHref} variant="ghost">
                Open the connection
              </LinkButton>
            ) : null}
          </>
        }
      />
    </div>
  );
}
