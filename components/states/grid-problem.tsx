'use client';

import { RotateCw } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { DoctorToggle } from '@/components/doctor/doctor-toggle';
import { BusyButton } from '@/components/forms/busy-button';
import { LinkButton } from '@/components/states/link-button';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';

interface GridProblemProps {
  problem: Problem;
  label: string;
  /** Page of the connection, when the way on is there. */
  connectionHref: string | null;
  /** The Doctor’s panel about this very problem. */
  doctor?: ReactNode;
}

/** Salesforce could not be read. Never looks like an empty list. */
export function GridProblem({ problem, label, connectionHref, doctor }: GridProblemProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  return (
    <div className="w-full max-w-3xl space-y-3">
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
      {doctor ? <DoctorToggle>{doctor}</DoctorToggle> : null}
    </div>
  );
}
