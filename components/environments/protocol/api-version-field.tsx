'use client';

import { Button } from '@heroui/react/button';
import { inputVariants } from '@heroui/styles';
import { ListRestart } from 'lucide-react';
import { useId, useRef, useState, useTransition } from 'react';
import { type Answer, runAction } from '@/components/forms/action-result';
import { BusyButton } from '@/components/forms/busy-button';
import { Field } from '@/components/forms/field';
import { ProblemCard } from '@/components/states/problem-card';
import type { ApiVersion } from '@/lib/salesforce/types';

/** What the form takes: lib/environments/fields/app.ts. */
const OLDEST = 50;

interface ApiVersionFieldProps {
  defaultValue: string;
  error: string | undefined;
  /** Asks the org for its versions. Absent where nobody is signed in yet. */
  list: ((origin: string) => Promise<Answer<ApiVersion[]>>) | undefined;
}

/** The version of Salesforce's API: typed, or chosen from those that the org says it has. */
export function ApiVersionField({ defaultValue, error, list }: ApiVersionFieldProps) {
  const [typed, setTyped] = useState(defaultValue);
  const [answer, setAnswer] = useState<Answer<ApiVersion[]> | null>(null);
  const [pending, startTransition] = useTransition();
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const ask = (read: NonNullable<typeof list>) =>
    startTransition(async () => {
      const form = place.current?.closest('form');
      const origin = form ? String(new FormData(form).get('origin') ?? '') : '';
      setAnswer(await runAction(() => read(origin)));
    });
  const versions = answer?.ok ? answer.value : [];
  const [newest] = versions;
  const chosen = versions.find(({ version }) => version === typed.trim());
  return (
    <div ref={place} className="space-y-3">
      <Field
        name="apiVersion"
        label="API version"
        value={typed}
        error={error}
        onChange={setTyped}
        description={
          chosen
            ? wordsOf(chosen)
            : '50.0 or newer, such as 66.0. Salesforce retires versions after some years.'
        }
      />
      <div className="flex flex-wrap items-center gap-2">
        {list ? (
          <BusyButton
            variant="secondary"
            size="sm"
            busy={pending}
            busyLabel="Asking the org…"
            icon={<ListRestart aria-hidden="true" />}
            onPress={() => ask(list)}
          >
            Read versions from the org
          </BusyButton>
        ) : null}
        {newest && newest.version !== typed ? (
          <Button size="sm" variant="secondary" onPress={() => setTyped(newest.version)}>
            Use {newest.label} ({newest.version})
          </Button>
        ) : null}
      </div>
      {versions.length > 0 ? (
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="label">
            Versions of this org
          </label>
          <select
            id={id}
            value={chosen ? chosen.version : ''}
            onChange={({ target }) => setTyped(target.value)}
            className={inputVariants({ className: 'h-[2.375rem] w-full' })}
          >
            {chosen ? null : <option value="">{typed} (not among them)</option>}
            {versions.map((version) => (
              <option
                key={version.version}
                value={version.version}
                disabled={Number(version.version) < OLDEST}
              >
                {wordsOf(version)}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {answer && !answer.ok ? <ProblemCard problem={answer.problem} live /> : null}
    </div>
  );
}

function wordsOf({ label, version, state }: ApiVersion): string {
  const mark =
    state === 'retired'
      ? ': retired'
      : state === 'deprecated'
        ? ": deprecated from Summer '27 on"
        : Number(version) < OLDEST
          ? ': older than Orgdock takes'
          : '';
  return `${label} (${version})${mark}`;
}
