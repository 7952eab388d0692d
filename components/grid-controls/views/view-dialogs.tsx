'use client';

import { AlertDialog } from '@heroui/react/alert-dialog';
import { Button } from '@heroui/react/button';
import { type ReactNode, useState } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { Field } from '@/components/forms/field';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';

interface DialogProps {
  title: string;
  confirmLabel: string;
  variant: 'primary' | 'danger';
  pending: boolean;
  problem: Problem | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

function QuestionDialog(props: DialogProps) {
  const { title, confirmLabel, variant, pending, problem, onConfirm, onClose, children } = props;
  return (
    <AlertDialog.Backdrop
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      isKeyboardDismissDisabled={pending}
    >
      <AlertDialog.Container>
        <AlertDialog.Dialog className="sm:max-w-md">
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              onConfirm();
            }}
          >
            <AlertDialog.Header>
              <AlertDialog.Heading>{title}</AlertDialog.Heading>
            </AlertDialog.Header>
            <AlertDialog.Body className="space-y-4">
              {children}
              {problem ? <ProblemCard problem={{ ...problem, details: {} }} live /> : null}
            </AlertDialog.Body>
            <AlertDialog.Footer>
              <Button variant="tertiary" isDisabled={pending} onPress={onClose}>
                Cancel
              </Button>
              <BusyButton type="submit" variant={variant} busy={pending}>
                {confirmLabel}
              </BusyButton>
            </AlertDialog.Footer>
          </form>
        </AlertDialog.Dialog>
      </AlertDialog.Container>
    </AlertDialog.Backdrop>
  );
}

interface NameDialogProps {
  title: string;
  confirmLabel: string;
  suggestion: string;
  pending: boolean;
  problem: Problem | null;
  onName: (name: string) => void;
  onClose: () => void;
}

/** Asks for the name of a view. */
export function NameDialog({ suggestion, onName, problem, ...dialog }: NameDialogProps) {
  const [name, setName] = useState(suggestion);
  const error = problem?.code === 'INVALID_INPUT' ? Object.values(problem.details)[0] : undefined;
  return (
    <QuestionDialog
      {...dialog}
      variant="primary"
      problem={error === undefined ? problem : null}
      onConfirm={() => onName(name)}
    >
      <Field name="name" label="Name" maxLength={80} value={name} onChange={setName} error={error} />
    </QuestionDialog>
  );
}

interface DeleteDialogProps {
  name: string;
  isShared: boolean;
  pending: boolean;
  problem: Problem | null;
  onDelete: () => void;
  onClose: () => void;
}

/** Asks before a view is deleted. */
export function DeleteDialog({ name, isShared, onDelete, ...dialog }: DeleteDialogProps) {
  return (
    <QuestionDialog
      {...dialog}
      title={`Delete the view “${name}”?`}
      confirmLabel="Delete"
      variant="danger"
      onConfirm={onDelete}
    >
      <p className="text-muted">
        {isShared
          ? 'It is gone for everybody who uses it, and links to it show all records. No record is changed.'
          : 'Links to it show all records. No record is changed.'}
      </p>
    </QuestionDialog>
  );
}
