'use client';

import { AlertDialog } from '@heroui/react/alert-dialog';
import { Button } from '@heroui/react/button';
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { ProblemCard } from '@/components/states/problem-card';
import { type ActionResult, runAction } from './action-result';
import { BusyButton } from './busy-button';
import { Field } from './field';
import { FreshSignIn } from './fresh-sign-in';

interface ConfirmDialogProps {
  /** Text of the button that opens the dialog. */
  trigger: ReactNode;
  triggerVariant?: 'danger-soft' | 'ghost' | 'outline' | 'secondary';
  triggerSize?: 'sm' | 'md';
  title: string;
  children: ReactNode;
  confirmLabel: string;
  confirmVariant?: 'danger' | 'primary';
  /** Asks for something before; the act gets it. */
  question?: { label: string; suggestion: string; maxLength: number };
  /** A name that has to be typed first, for what nobody should do by a slip of the hand. */
  typedName?: string;
  /** Gets what was typed. */
  action: (typed: string) => Promise<ActionResult>;
}

/** Asks before an act with consequences; stays open and says why when the act fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { trigger, triggerVariant = 'danger-soft', title, children, confirmLabel, typedName, action } = props;
  const [open, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  const [result, setResult] = useState<ActionResult | null>(null);

  const [typed, setTyped] = useState('');
  const [mistyped, setMistyped] = useState(false);
  const done = useRef(false);

  // The act may take this button away: focus then goes to what the page says now, not to nowhere.
  useEffect(
    () => () => {
      if (done.current) document.getElementById('main')?.focus();
    },
    [],
  );

  const confirm = () => {
    const wrong = typedName !== undefined && typed.trim() !== typedName;
    setMistyped(wrong);
    if (wrong) return;
    startTransition(async () => {
      const answer = await runAction(() => action(typed));
      setResult(answer);
      done.current = answer.ok;
      if (answer.ok) setOpen(false);
    });
  };

  const answerError =
    props.question && result && !result.ok && result.problem.code === 'INVALID_INPUT'
      ? Object.values(result.problem.details)[0]
      : undefined;

  return (
    <AlertDialog
      isOpen={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) return;
        setResult(null);
        setTyped(props.question?.suggestion ?? '');
        setMistyped(false);
      }}
    >
      <Button variant={triggerVariant} size={props.triggerSize ?? 'md'}>
        {trigger}
      </Button>
      <AlertDialog.Backdrop isKeyboardDismissDisabled={pending}>
        <AlertDialog.Container>
          <AlertDialog.Dialog className="sm:max-w-md">
            <AlertDialog.Header>
              <AlertDialog.Heading>{title}</AlertDialog.Heading>
            </AlertDialog.Header>
            <AlertDialog.Body>
              <div className="space-y-3">
                {children}
                {props.question ? (
                  <Field
                    name="answer"
                    label={props.question.label}
                    maxLength={props.question.maxLength}
                    value={typed}
                    error={answerError}
                    onChange={setTyped}
                  />
                ) : null}
                {typedName === undefined ? null : (
                  <Field
                    name="confirmation"
                    label={`Type “${typedName}” to confirm`}
                    error={mistyped ? `This is not “${typedName}”.` : undefined}
                    onChange={setTyped}
                  />
                )}
              </div>
              {result && !result.ok && answerError === undefined ? (
                <div className="mt-4">
                  {result.problem.code === 'FRESH_SIGN_IN_REQUIRED' ? (
                    <FreshSignIn problem={result.problem} then="do it again." />
                  ) : (
                    <ProblemCard problem={result.problem} live />
                  )}
                </div>
              ) : null}
            </AlertDialog.Body>
            <AlertDialog.Footer>
              <Button variant="tertiary" isDisabled={pending} onPress={() => setOpen(false)}>
                Cancel
              </Button>
              <BusyButton variant={props.confirmVariant ?? 'danger'} busy={pending} onPress={confirm}>
                {confirmLabel}
              </BusyButton>
            </AlertDialog.Footer>
          </AlertDialog.Dialog>
        </AlertDialog.Container>
      </AlertDialog.Backdrop>
    </AlertDialog>
  );
}
