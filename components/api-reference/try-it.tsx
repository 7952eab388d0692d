'use client';

import { inputVariants } from '@heroui/styles';
import { type FormEvent, useId, useState } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import type { ReferenceOperation } from '@/lib/broker/openapi/types';
import { CodeBlock } from './code-block';
import { useKey } from './key-holder';
import { requestOf } from './request-of';
import { type Tried, tryRequest } from './try-request';

/** A form that makes the call, opened when it is wanted. */
export function TryIt({ operation }: { operation: ReferenceOperation }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-sm font-semibold">Try it</summary>
      {isOpen ? <TryForm operation={operation} /> : null}
    </details>
  );
}

function TryForm({ operation }: { operation: ReferenceOperation }) {
  const key = useKey();
  const bodyId = useId();
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const { parameters, methods, body, bodyExample } = operation;

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (operation.key === 'required' && key === '') {
      setTried({ kind: 'failed', message: 'Put an API key in at the top of this page first.' });
      return;
    }
    const form = new FormData(event.currentTarget);
    const values = new Map(parameters.map(({ name }) => [name, String(form.get(name) ?? '').trim()]));
    const { target, headers } = requestOf(operation, values, window.location.origin);
    const method = String(form.get('method') ?? operation.method).toUpperCase();
    setBusy(true);
    setTried(
      await tryRequest({
        ...{ method, target, headers },
        key: operation.key === 'required' ? key : null,
        body: String(form.get('body') ?? ''),
      }),
    );
    setBusy(false);
  };

  return (
    <form
      onSubmit={(event) => void send(event)}
      className="mt-3 space-y-4 rounded-lg bg-surface-secondary p-4"
    >
      {methods.length > 1 ? (
        <ChoiceField
          name="method"
          label="Method"
          defaultValue="get"
          options={methods.map((value) => ({ value, label: value.toUpperCase() }))}
        />
      ) : null}
      {parameters.map(({ name, required, example }) => (
        <Field key={name} name={name} label={name} required={required} placeholder={example ?? ''} />
      ))}
      {body ? (
        <div>
          <label htmlFor={bodyId} className="label">
            Body
          </label>
          <textarea
            id={bodyId}
            name="body"
            rows={4}
            spellCheck={false}
            defaultValue={bodyExample}
            className={inputVariants({ className: 'w-full font-mono text-[0.8125rem]' })}
          />
        </div>
      ) : null}
      <BusyButton type="submit" busy={isBusy}>
        Send
      </BusyButton>
      <div role="status">{tried ? <Outcome tried={tried} /> : null}</div>
    </form>
  );
}

function Outcome({ tried }: { tried: Tried }) {
  if (tried.kind === 'failed') return <p className="text-danger">{tried.message}</p>;
  const { status, milliseconds, headers, body, isCut } = tried;
  return (
    <div className="space-y-3">
      <p className="font-medium">{`Answered with ${status} in ${milliseconds} ms`}</p>
      <CodeBlock text={headers} label="Copy the headers of the answer" />
      {body === '' ? (
        <p className="text-muted">No body.</p>
      ) : (
        <CodeBlock text={body} label="Copy the answer" />
      )}
      {isCut ? <p className="text-muted">Only the beginning is shown, and no more was asked for.</p> : null}
    </div>
  );
}
