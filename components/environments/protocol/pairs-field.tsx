'use client';

import { Button } from '@heroui/react/button';
import { inputVariants } from '@heroui/styles';
import { Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';

interface PairsFieldProps {
  name: string;
  label: string;
  /** What one of them is called. */
  what: 'parameter' | 'header';
  /** Name and value, as placeholders. */
  example: readonly [string, string];
  defaultValue: Record<string, string>;
  description: string;
  error: string | undefined;
}

interface Pair {
  id: number;
  name: string;
  value: string;
}

/** Names and values that are added to requests. Sent as one value; a row with nothing in it is left out. */
export function PairsField(props: PairsFieldProps) {
  const { name, label, what, example, defaultValue, description, error } = props;
  const id = useId();
  const [pairs, setPairs] = useState<Pair[]>(() =>
    Object.entries(defaultValue).map(([key, value], index) => ({ id: index, name: key, value })),
  );
  const change = (of: number, part: Partial<Pair>) =>
    setPairs(pairs.map((pair) => (pair.id === of ? { ...pair, ...part } : pair)));
  const add = () =>
    setPairs([...pairs, { id: Math.max(0, ...pairs.map((pair) => pair.id)) + 1, name: '', value: '' }]);
  return (
    <fieldset className="space-y-2" aria-describedby={`${id}-help`}>
      <legend className="label">{label}</legend>
      <input type="hidden" name={name} value={toJson(pairs)} />
      {pairs.map((pair, index) => (
        <div key={pair.id} className="flex items-center gap-2">
          <input
            aria-label={`Name of ${what} ${index + 1}`}
            aria-invalid={error ? true : undefined}
            value={pair.name}
            placeholder={example[0]}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => change(pair.id, { name: target.value })}
            className={inputVariants({ className: 'h-[2.375rem] w-full min-w-0' })}
          />
          <input
            aria-label={`Value of ${what} ${index + 1}`}
            value={pair.value}
            placeholder={example[1]}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => change(pair.id, { value: target.value })}
            className={inputVariants({ className: 'h-[2.375rem] w-full min-w-0' })}
          />
          <Button
            isIconOnly
            size="sm"
            variant="ghost"
            aria-label={`Remove ${what} ${index + 1}`}
            onPress={() => setPairs(pairs.filter((one) => one.id !== pair.id))}
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button size="sm" variant="secondary" onPress={add}>
        <Plus aria-hidden="true" />
        Add {what}
        <span className="sr-only"> to {label}</span>
      </Button>
      <p id={`${id}-help`} className="px-1 text-xs text-muted">
        {description}
      </p>
      {error ? <p className="px-1 text-xs text-danger">{error}</p> : null}
    </fieldset>
  );
}

/** The same name twice is no object; as a list the server says so. */
function toJson(pairs: Pair[]): string {
  const entries = pairs
    .filter((pair) => pair.name !== '' || pair.value !== '')
    .map((pair) => [pair.name.trim(), pair.value] as const);
  const names = new Set(entries.map(([key]) => key));
  return JSON.stringify(names.size < entries.length ? entries : Object.fromEntries(entries));
}
