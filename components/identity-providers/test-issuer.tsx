'use client';

import { CircleCheck, SearchCheck } from 'lucide-react';
import { useState, useTransition } from 'react';
import { type Answer, runAction } from '@/components/forms/action-result';
import { BusyButton } from '@/components/forms/busy-button';
import { Facts } from '@/components/states/facts';
import { ProblemCard } from '@/components/states/problem-card';
import type { DiscoveryReport } from '@/lib/openid/types';

interface TestIssuerProps {
  /** Reads what the form holds now, saved or not. */
  issuer: () => string;
  test: (issuer: string) => Promise<Answer<DiscoveryReport>>;
}

/** Asks the provider for its description of itself, and says what it found or exactly what is wrong. */
export function TestIssuer({ issuer, test }: TestIssuerProps) {
  const [pending, startTransition] = useTransition();
  const [answer, setAnswer] = useState<Answer<DiscoveryReport> | null>(null);
  const run = () =>
    startTransition(async () => {
      setAnswer(await runAction(() => test(issuer())));
    });
  return (
    <div className="space-y-3">
      <BusyButton
        variant="secondary"
        busy={pending}
        busyLabel="Asking the provider…"
        icon={<SearchCheck aria-hidden="true" />}
        onPress={run}
      >
        Test
      </BusyButton>
      {answer?.ok ? <Found report={answer.value} /> : null}
      {answer && !answer.ok ? <ProblemCard problem={answer.problem} live /> : null}
    </div>
  );
}

function Found({ report }: { report: DiscoveryReport }) {
  const { origins, signingAlgorithms, warnings } = report;
  return (
    <section role="status" className="rounded-lg border border-border px-4 py-3">
      <p className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success-soft-foreground" />
        The provider answers as {report.issuer}
      </p>
      {warnings.map((warning) => (
        <p key={warning} className="mt-1 text-warning-soft-foreground">
          {warning}
        </p>
      ))}
      <Facts
        facts={[
          { label: 'People log in at', value: report.authorizationEndpoint },
          { label: 'Orgdock calls', value: origins.join(', '), hint: 'Allow these in a firewall.' },
          { label: 'Signatures', value: signingAlgorithms.join(', ') },
        ]}
      />
    </section>
  );
}
