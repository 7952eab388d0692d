'use client';

import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Group } from '@/components/environments/group';
import { CheckField } from '@/components/forms/check-field';
import { API_FAMILIES } from '@/lib/broker/types';
import { CheckList } from '../fields/check-list';
import { FAMILY_WORDS } from '../words/choices';
import { listed } from '../words/policy-words';
import type { EditorOptions, PolicyPart } from './fields';

/** What goes beyond what a policy can look into. */
export function DangerFields({
  policy,
  change,
  errors,
  choices,
}: PolicyPart & Pick<EditorOptions, 'choices'>) {
  const { families, rawToken, objects, environments, access } = policy;
  const there = choices.environments.filter(({ id }) => environments === null || environments.includes(id));
  const allowing = there.filter(({ allowsRawTokens }) => allowsRawTokens).map(({ name }) => name);
  if (objects !== null) {
    return (
      <Group title="Beyond records">
        <p className="text-sm text-pretty text-muted">
          Nothing: other parts of the API and access tokens know no limits of objects, so only a key for every
          object may have them.
        </p>
      </Group>
    );
  }
  return (
    <Group title="Beyond records">
      <CheckList
        legend="Other parts of the API"
        options={API_FAMILIES.map((family) => ({
          value: family,
          label: FAMILY_WORDS[family].label,
          description: FAMILY_WORDS[family].risk,
        }))}
        chosen={families}
        error={errors.families}
        onChange={(chosen) => change({ families: API_FAMILIES.filter((one) => chosen.includes(one)) })}
      />
      {families.length === 0 ? null : (
        <Warning>Orgdock cannot look into these requests: operations and rows do not limit them.</Warning>
      )}
      {access === 'write' ? <RawToken {...{ rawToken, allowing, change }} error={errors.rawToken} /> : null}
    </Group>
  );
}

interface RawTokenProps extends Pick<PolicyPart, 'change'> {
  rawToken: boolean;
  /** Names of the key's environments whose tokens may leave. */
  allowing: string[];
  error: string | undefined;
}

function RawToken({ rawToken, allowing, change, error }: RawTokenProps) {
  return (
    <>
      <CheckField
        name="rawToken"
        label="May be handed an access token"
        checked={rawToken}
        onChange={(on) => change({ rawToken: on })}
        description="For programs that must call Salesforce themselves. Each time is in the audit log."
      />
      {error ? <p className="px-1 text-xs text-danger">{error}</p> : null}
      {rawToken ? (
        <Warning>
          A token does whatever its user may do, past every limit of this key, until its session ends.{' '}
          {allowing.length === 0
            ? 'No environment of this key allows it yet, so it will be refused: an administrator allows it in the settings of an environment.'
            : `Allowed in ${listed(allowing)}.`}
        </Warning>
      ) : null}
    </>
  );
}

/** Said beside what it is about. */
export function Warning({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2.5 rounded-lg bg-warning-soft px-3.5 py-2.5 text-sm text-pretty text-warning-soft-foreground">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
