'use client';

import { Description } from '@heroui/react/description';
import { FieldError } from '@heroui/react/field-error';
import { Label } from '@heroui/react/label';
import { TextArea } from '@heroui/react/textarea';
import { TextField } from '@heroui/react/textfield';
import type { SoqlFault } from '@/lib/broker/named-queries/types';

interface SoqlFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** Of the text as it is now; null: none is known. */
  fault: SoqlFault | null;
  /** What the server said when it was saved. */
  error: string | undefined;
}

/** The query, with what is wrong in it while it is written, and where. */
export function SoqlField({ value, onChange, fault, error }: SoqlFieldProps) {
  return (
    <TextField
      name="soql"
      fullWidth
      isRequired
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined || fault !== null}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
    >
      <Label>SOQL</Label>
      <TextArea
        rows={12}
        className="font-mono text-[0.8125rem]"
        placeholder="SELECT Id, Name FROM Account WHERE Name LIKE :name%"
      />
      <Description>
        :name stands for a value. Behind LIKE, :name% is what begins with it and %:name% what contains it. A
        condition in [brackets] falls out when its parameter has no value.
      </Description>
      {fault ? (
        <FieldError>
          <FaultAt soql={value} fault={fault} />
        </FieldError>
      ) : error ? (
        <FieldError>{error}</FieldError>
      ) : null}
    </TextField>
  );
}

/** The line of a fault, marked where it is. */
function FaultAt({ soql, fault: { at, message } }: { soql: string; fault: SoqlFault }) {
  const before = soql.slice(0, at);
  const number = before.split('\n').length;
  const column = at - (before.lastIndexOf('\n') + 1);
  const line = soql.split('\n')[number - 1] ?? '';
  const word = /^\S*/.exec(line.slice(column))?.[0] || ' ';
  return (
    <span className="block">
      Line {number}, character {column + 1}: {message}
      <code className="mt-1 block overflow-x-auto font-mono whitespace-pre text-foreground">
        {line.slice(Math.max(0, column - 40), column)}
        <mark className="rounded-sm bg-danger-soft text-danger-soft-foreground underline decoration-wavy">
          {word}
        </mark>
        {line.slice(column + word.length, column + word.length + 40)}
      </code>
    </span>
  );
}
