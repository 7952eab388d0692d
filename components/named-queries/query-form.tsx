'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import type { CallableQuery } from '@/lib/broker/named-queries/types';
import { ParameterFields } from './parameter-fields';
import { QueryReads } from './query-reads';
import { SoqlField } from './soql-field';
import { type Inspect, useInspection } from './use-inspection';

interface QueryFormProps {
  /** Absent while it is made. */
  query?: CallableQuery;
  action: (form: FormData) => Promise<ActionResult>;
  inspect: Inspect;
}

/** A named query as administrators write it. */
export function QueryForm({ query, action, inspect }: QueryFormProps) {
  const [soql, setSoql] = useState(query?.soql ?? '');
  const [parameters, setParameters] = useState(query?.parameters ?? []);
  const known = useInspection(soql, parameters, inspect);
  const missing = (known?.parameters ?? []).filter((name) => !parameters.some((one) => one.name === name));
  return (
    <ActionForm
      label="Named query"
      action={action}
      submitLabel={query ? 'Save' : 'Make the query'}
      doneMessage="Saved. It holds from the next call on."
    >
      {(errors) => (
        <>
          {query ? null : (
            <Field
              name="name"
              label="Name"
              required
              maxLength={60}
              error={errors.name}
              placeholder="getOpenCases"
              description="As programs call it. It cannot be changed later: policies and programs know the query by it."
            />
          )}
          <Field
            name="description"
            label="What it gives"
            maxLength={500}
            defaultValue={query?.description}
            error={errors.description}
          />
          <SoqlField value={soql} onChange={setSoql} fault={known?.fault ?? null} error={errors.soql} />
          <div role="status">{known && known.fault === null ? <QueryReads reads={known.reads} /> : null}</div>
          <ParameterFields
            parameters={parameters}
            missing={missing}
            onChange={setParameters}
            error={errors.parameters}
          />
        </>
      )}
    </ActionForm>
  );
}
