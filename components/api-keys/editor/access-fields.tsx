'use client';

import { Group } from '@/components/environments/group';
import { OPERATIONS, type Operation } from '@/lib/broker/types';
import { CheckList } from '../fields/check-list';
import { ChoiceGroup } from '../fields/choice-group';
import { ListField } from '../fields/list-field';
import { ACCESS, OPERATION_WORDS, READING } from '../words/choices';
import type { EditorOptions, PolicyPart } from './fields';

/** Whether it reads or writes, by which operations, and which named queries it runs. */
export function AccessFields({
  policy,
  change,
  errors,
  queries,
}: PolicyPart & Pick<EditorOptions, 'queries'>) {
  const { access, operations, namedQueries } = policy;
  const offered = access === 'write' ? OPERATIONS : READING;
  return (
    <Group title="What it does">
      <ChoiceGroup
        legend="Access"
        options={ACCESS}
        value={access}
        error={errors.access}
        onChange={(next) =>
          change({
            access: next,
            // What the new access cannot do is no part of the policy any more.
            operations: next === 'write' ? operations : operations.filter((one) => READING.includes(one)),
            ...(next === 'write' ? {} : { rawToken: false }),
            ...(next === 'named_queries' ? { families: [] } : {}),
          })
        }
      />
      {access === 'named_queries' ? null : (
        <CheckList
          legend="Operations"
          options={offered.map((value) => ({ value, ...OPERATION_WORDS[value] }))}
          chosen={operations}
          error={errors.operations}
          onChange={(chosen) =>
            change({ operations: OPERATIONS.filter((one: Operation) => chosen.includes(one)) })
          }
        />
      )}
      <ChoiceGroup
        legend="Named queries"
        options={[
          { value: 'all', label: 'All of them' },
          { value: 'some', label: 'Only these' },
        ]}
        value={namedQueries === null ? 'all' : 'some'}
        onChange={(value) => change({ namedQueries: value === 'all' ? null : [] })}
        error={namedQueries === null ? errors.namedQueries : undefined}
      >
        {namedQueries === null ? null : (
          <ListField
            name="namedQueries"
            label="Names of queries"
            values={namedQueries}
            offer={{ names: queries }}
            placeholder="getAccounts, getOpportunities"
            error={errors.namedQueries}
            onChange={(names) => change({ namedQueries: names })}
          />
        )}
      </ChoiceGroup>
    </Group>
  );
}
