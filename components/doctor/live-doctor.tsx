'use client';

import { Activity, Building2, CircleCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState, useTransition } from 'react';
import { type Answer, runAction } from '@/components/forms/action-result';
import { BusyButton } from '@/components/forms/busy-button';
import { ProblemCard } from '@/components/states/problem-card';
import type { Diagnosis } from '@/lib/doctor/types';
import type { Problem } from '@/lib/errors';
import { DoctorPanel } from './doctor-panel';

interface LiveDoctorProps {
  /** Null: nothing is known to be wrong. What a test or the org says goes before it. */
  diagnosis: Diagnosis | null;
  /** One data call; null: it worked. */
  retest?: () => Promise<Answer<Diagnosis | null>>;
  askOrg?: () => Promise<Answer<{ diagnosis: Diagnosis; missing: string[] }>>;
  /** Consents anew, where that is the way on. */
  again?: ReactNode;
  /** Asks a Salesforce administrator, shown while the diagnosis says that only they can help. */
  approval?: ReactNode;
}

/** The Doctor’s panel with what it can do at once: test again, and ask the org what its own records say. */
export function LiveDoctor({ diagnosis: known, retest, askOrg, again, approval }: LiveDoctorProps) {
  const router = useRouter();
  const [found, setFound] = useState<Diagnosis | null>();
  const [missing, setMissing] = useState<string[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [testing, startTest] = useTransition();
  const [asking, startAsking] = useTransition();

  const test = (run: NonNullable<typeof retest>) =>
    startTest(async () => {
      const answer = await runAction(run);
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      setFound(answer.value);
      setMissing([]);
      router.refresh();
    });
  const ask = (run: NonNullable<typeof askOrg>) =>
    startAsking(async () => {
      const answer = await runAction(run);
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      setFound(answer.value.diagnosis);
      setMissing(answer.value.missing);
    });
  const diagnosis = found === undefined ? known : found;
  const actions = (
    <>
      {again}
      {retest ? (
        <BusyButton
          busy={testing}
          variant="secondary"
          icon={<Activity aria-hidden="true" />}
          onPress={() => test(retest)}
        >
          Test now
        </BusyButton>
      ) : null}
      {askOrg && diagnosis ? (
        <BusyButton
          busy={asking}
          variant="secondary"
          icon={<Building2 aria-hidden="true" />}
          onPress={() => ask(askOrg)}
        >
          Ask the org
        </BusyButton>
      ) : null}
    </>
  );
  return (
    <div className="space-y-3">
      {diagnosis ? (
        <DoctorPanel
          diagnosis={diagnosis}
          actions={actions}
          approval={diagnosis.needsApproval ? approval : null}
        />
      ) : (
        <section
          aria-label="Connection Doctor"
          className="space-y-3 rounded-xl border border-border bg-surface p-5"
        >
          <p className="flex items-center gap-2 font-medium" role="status">
            <CircleCheck aria-hidden="true" className="size-5 text-success-soft-foreground" />
            {found === null ? 'Salesforce answered: this connection works.' : 'Nothing is known to be wrong.'}
          </p>
          <div className="flex flex-wrap gap-2">{actions}</div>
        </section>
      )}
      {missing.length > 0 ? (
        <ul
          className="list-disc space-y-0.5 pl-5 text-[0.8125rem] text-muted"
          aria-label="What the org did not show"
        >
          {missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      {problem ? <ProblemCard problem={problem} live /> : null}
    </div>
  );
}
