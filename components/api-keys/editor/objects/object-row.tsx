'use client';

import { Button } from '@heroui/react/button';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ObjectRule } from '@/lib/broker/types';
import { ListField } from '../../fields/list-field';
import { offered } from '../../fields/offered';
import { SuggestField } from '../../fields/suggest-field';
import type { EditorOptions, NamesAsked } from '../fields';
import { type Known, useKnownNames } from './use-known-names';

interface ObjectRowProps extends Pick<EditorOptions, 'knownNames'> {
  rule: ObjectRule;
  places: Omit<NamesAsked, 'sobject'>;
  /** Objects to offer. */
  known: Known;
  isWrong: boolean;
  onChange: (changes: Partial<ObjectRule>) => void;
  onRemove: () => void;
}

/** One object, with all of its fields or some. */
export function ObjectRow(props: ObjectRowProps) {
  const { rule, places, knownNames, known, isWrong, onChange, onRemove } = props;
  // Fields are looked up when somebody comes to name some, not at each letter of the object.
  const [asked, setAsked] = useState<string | null>(null);
  const fields = useKnownNames(knownNames, asked ? { ...places, sobject: asked } : null);
  return (
    <li className="grid items-start gap-3 rounded-lg border border-border p-3 sm:grid-cols-[13rem_1fr_auto]">
      <SuggestField
        label="Object"
        value={rule.name}
        maxLength={80}
        placeholder="Account"
        error={isWrong ? 'Write the API name.' : undefined}
        options={offered(known.names, rule.name)}
        isLooking={known.isLooking}
        complete={(name) => name}
        onChange={(name) => onChange({ name: name.trim() })}
      />
      <ListField
        name="fields"
        label="Fields"
        values={rule.fields ?? []}
        placeholder="All fields"
        description="API names, separated by commas. Empty: all of them. Id is always one."
        offer={{ ...fields, onFocus: () => setAsked(rule.name) }}
        onChange={(names) => onChange({ fields: names.length === 0 ? null : names })}
      />
      <Button
        isIconOnly
        variant="ghost"
        aria-label={`Remove ${rule.name || 'this object'}`}
        className="justify-self-end sm:mt-6"
        onPress={onRemove}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </li>
  );
}
