'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { DoctorToggle } from '@/components/doctor/doctor-toggle';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';
import { FaultActions, type Reconnection } from './faults/fault-actions';
import { faultWords } from './faults/grid-fault';

interface GridProblemProps {
  problem: Problem;
  label: string;
  reconnection: Reconnection | null;
  /** The Doctor’s panel about this very problem. */
  doctor?: ReactNode;
}

/** Salesforce could not be read, and there are no rows to keep on screen. Never looks like an empty list. */
export function GridProblem({ problem, label, reconnection, doctor }: GridProblemProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const { title, actions } = faultWords(problem.code, label);
  return (
    <div className="w-full max-w-3xl space-y-3">
      <ProblemCard
        title={title}
        problem={problem}
        actions={
          actions.length > 0 ? (
            <FaultActions
              actions={actions}
              reconnection={reconnection}
              pending={pending}
              onRetry={() => startTransition(() => router.refresh())}
              onClear={() => startTransition(() => router.replace(pathname))}
            />
          ) : undefined
        }
      />
      {doctor ? <DoctorToggle>{doctor}</DoctorToggle> : null}
    </div>
  );
}
