'use client';

import { CircleCheck } from 'lucide-react';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState, useTransition } from 'react';
import { ProblemCard } from '@/components/states/problem-card';
import { type ActionResult, runAction } from './action-result';
import { BusyButton } from './busy-button';
import { FreshSignIn } from './fresh-sign-in';

interface ActionFormProps {
  /** Name of the form for assistive technology. */
  label: string;
  action: (form: FormData) => Promise<ActionResult>;
  submitLabel: string;
  /** `danger`: what it does cannot be undone. */
  submitVariant?: 'primary' | 'danger';
  /** Said when it worked and the page stays; empty where the page shows it by itself. */
  doneMessage: string;
  onDone?: () => void;
  /** Beside the submit button. */
  secondary?: ReactNode;
  children: (errors: Record<string, string | undefined>) => ReactNode;
}

const NO_ERRORS: Record<string, string | undefined> = {};

/** A form over a server action. What was typed stays, whatever the answer; focus goes to the first error. */
export function ActionForm(props: ActionFormProps) {
  const { label, action, submitLabel, submitVariant = 'primary', doneMessage, secondary, children } = props;
  const form = useRef<HTMLFormElement>(null);
  const [pending, startTransition] = useTransition();
  const [result, setResult] = useState<ActionResult | null>(null);
  const problem = result && !result.ok ? result.problem : null;
  const errors = problem?.code === 'INVALID_INPUT' ? problem.details : NO_ERRORS;

  useEffect(() => {
    if (result) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [result]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    // With the button that was pressed, which may have a name and a value of its own.
    const { submitter } = event.nativeEvent as unknown as { submitter: HTMLElement | null };
    const data = new FormData(event.currentTarget, submitter);
    startTransition(async () => {
      const answer = await runAction(() => action(data));
      setResult(answer);
      if (answer.ok) props.onDone?.();
    });
  };

  return (
    <form ref={form} aria-label={label} onSubmit={submit} noValidate className="space-y-5">
      {children(errors)}
      {problem?.code === 'FRESH_SIGN_IN_REQUIRED' ? (
        <FreshSignIn problem={problem} then="do it again. Nothing that you typed is lost." />
      ) : problem ? (
        <ProblemCard problem={{ ...problem, details: errors === NO_ERRORS ? problem.details : {} }} live />
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <BusyButton type="submit" variant={submitVariant} busy={pending}>
          {submitLabel}
        </BusyButton>
        {secondary}
        <p role="status" className="text-success-soft-foreground">
          {result?.ok && !pending && doneMessage !== '' ? (
            <span className="inline-flex items-center gap-1.5">
              <CircleCheck aria-hidden="true" className="size-4" />
              {doneMessage}
            </span>
          ) : null}
        </p>
      </div>
    </form>
  );
}
