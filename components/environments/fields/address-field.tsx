'use client';

import { Button } from '@heroui/react/button';
import { SearchCheck } from 'lucide-react';
import { useState, useTransition } from 'react';
import { type Answer, runAction } from '@/components/forms/action-result';
import { BusyButton } from '@/components/forms/busy-button';
import { Field } from '@/components/forms/field';
import { ProblemCard } from '@/components/states/problem-card';
import type { HostReport } from '@/lib/environments/host/types';
import { HostChecks } from './host-checks';

interface AddressFieldProps {
  defaultValue: string;
  error: string | undefined;
  /** Absent where nobody is signed in yet. */
  check: ((pasted: string) => Promise<Answer<HostReport>>) | undefined;
}

/** The address of the org: any page of it may be pasted, and the right host is looked for and proposed. */
export function AddressField({ defaultValue, error, check }: AddressFieldProps) {
  const [typed, setTyped] = useState(defaultValue);
  const [checked, setChecked] = useState(defaultValue);
  const [pending, startTransition] = useTransition();
  const [answer, setAnswer] = useState<Answer<HostReport> | null>(null);
  const run = (ask: NonNullable<typeof check>) =>
    startTransition(async () => {
      setChecked(typed);
      setAnswer(await runAction(() => ask(typed)));
    });
  const use = (origin: string) => {
    setTyped(origin);
    setChecked(origin);
  };
  const proposal = answer?.ok ? answer.value.proposal : null;
  return (
    <div className="space-y-3">
      <Field
        name="origin"
        label="Address of the org"
        required
        value={typed}
        error={error}
        placeholder="https://acme.my.salesforce.com"
        description="Paste any page of the org: Orgdock keeps the host. Use your My Domain."
        onChange={setTyped}
      />
      {check ? (
        <BusyButton
          variant="secondary"
          busy={pending}
          busyLabel="Looking for the org…"
          icon={<SearchCheck aria-hidden="true" />}
          onPress={() => run(check)}
        >
          Check address
        </BusyButton>
      ) : null}
      {answer?.ok ? <HostChecks report={answer.value} /> : null}
      {proposal && proposal.origin !== checked ? (
        <Button variant="secondary" size="sm" onPress={() => use(proposal.origin)}>
          Use {proposal.origin}
        </Button>
      ) : null}
      {answer && !answer.ok ? <ProblemCard problem={answer.problem} live /> : null}
    </div>
  );
}
