'use client';

import { useState } from 'react';
import type { KeyPolicy } from '@/lib/broker/types';
import { ChoiceGroup } from '../fields/choice-group';
import { PolicyWords } from '../policy-words';
import { PRESETS, presetOf } from '../words/presets';
import { AccessFields } from './access-fields';
import { DangerFields } from './danger-fields';
import { ExpiryField } from './expiry-field';
import type { EditorOptions } from './fields';
import { LimitFields } from './limit-fields';
import { ObjectFields } from './objects/object-fields';
import { PlaceFields } from './place-fields';

interface PolicyFieldsProps {
  stored: KeyPolicy;
  /** When the key ends now, in words; null: it is a new one. */
  expiry: string | null;
  options: EditorOptions;
  errors: Record<string, string | undefined>;
}

/** A policy, edited; what it says is shown in words beside it. */
export function PolicyFields({ stored, expiry, options, errors }: PolicyFieldsProps) {
  const [policy, setPolicy] = useState(stored);
  // A preset replaces what was typed below it.
  const [round, setRound] = useState(0);
  const change = (changes: Partial<KeyPolicy>) => setPolicy((now) => ({ ...now, ...changes }));
  const part = { policy, change, errors };
  const names = {
    environments: Object.fromEntries(options.choices.environments.map(({ id, name }) => [id, name])),
    connections: Object.fromEntries(options.choices.connections.map(({ id, label }) => [id, label])),
  };
  const isNamed = policy.access === 'named_queries';
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_18rem]">
      <input type="hidden" name="policy" value={JSON.stringify(policy)} />
      <div className="min-w-0 space-y-6">
        <ChoiceGroup
          legend="Begin with"
          options={PRESETS.map(({ id, label, description }) => ({ value: id, label, description }))}
          value={presetOf(policy)}
          onChange={(id) => {
            const preset = PRESETS.find((one) => one.id === id);
            if (preset) change(preset.what);
            setRound(round + 1);
          }}
        />
        <AccessFields {...part} queries={options.queries} />
        <PlaceFields {...part} choices={options.choices} />
        {isNamed ? null : <ObjectFields key={round} {...part} knownNames={options.knownNames} />}
        <LimitFields {...part} {...options} />
        {isNamed ? null : <DangerFields {...part} choices={options.choices} />}
        <ExpiryField now={expiry} errors={errors} />
      </div>
      <aside
        aria-label="In plain words"
        className="rounded-xl border border-border bg-surface-secondary p-4 lg:sticky lg:top-20"
      >
        <h2 className="text-sm font-semibold">In plain words</h2>
        <div className="mt-2" aria-live="polite">
          <PolicyWords policy={policy} names={names} />
        </div>
      </aside>
    </div>
  );
}
