'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { Answer } from '@/components/forms/action-result';
import { Section } from '@/components/states/facts';
import { LinkButton } from '@/components/states/link-button';
import type { ImportPlan, ImportResult } from '@/lib/environments/transfer/types';
import { ImportPlanForm } from './import-plan-form';
import { ImportSource } from './import-source';
import { resultInWords } from './import-words';

interface ImportEnvironmentsProps {
  plan: (content: string) => Promise<Answer<ImportPlan>>;
  apply: (content: string, seen: string, form: FormData) => Promise<Answer<ImportResult>>;
}

/** A file, what it would do, and then its doing. Another file makes another plan. */
export function ImportEnvironments({ plan, apply }: ImportEnvironmentsProps) {
  const [content, setContent] = useState('');
  const [planned, setPlanned] = useState<ImportPlan | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const change = (text: string) => {
    setContent(text);
    setPlanned(null);
    setResult(null);
  };
  const makePlan = async () => {
    setResult(null);
    const answer = await plan(content);
    setPlanned(answer.ok ? answer.value : null);
    return answer;
  };
  const carryOut = async (form: FormData) => {
    const answer = await apply(content, planned?.seen ?? '', form);
    if (answer.ok) {
      setResult(answer.value);
      setPlanned(null);
    }
    return answer;
  };
  return (
    <div className="max-w-4xl space-y-6">
      <Section title="1. The file">
        <ActionForm
          label="File"
          action={makePlan}
          submitLabel="Show the plan"
          doneMessage="The plan is below."
        >
          {(errors) => <ImportSource content={content} onChange={change} errors={errors} />}
        </ActionForm>
      </Section>
      {planned ? <ImportPlanForm key={planned.seen} plan={planned} apply={carryOut} /> : null}
      {result ? (
        <Section title="Done">
          <p role="status">{resultInWords(result)}</p>
          <div className="mt-4">
            <LinkButton href="/admin/environments" variant="primary">
              To the environments
            </LinkButton>
          </div>
        </Section>
      ) : null}
    </div>
  );
}
