import type { ApiParameter, ReferenceOperation } from '@/lib/broker/openapi/types';
import { CodeBlock } from './code-block';
import { MemberList } from './member-list';
import { Prose } from './prose';
import { TryIt } from './try-it';

/** One operation: what it does, takes and answers, and a form that calls it. */
export function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const { operationId, path, summary, description, parameters, answers, problems, curl } = operation;
  const methods = operation.methods.length > 0 ? operation.methods : [operation.method];
  return (
    <article
      id={operationId}
      aria-labelledby={`${operationId}-title`}
      className="scroll-mt-24 space-y-4 py-6"
    >
      <div>
        <h3 id={`${operationId}-title`} className="font-semibold">
          {summary}
        </h3>
        <p className="mt-1 font-mono text-[0.8125rem] break-all">
          <span className="font-semibold text-link">{methods.join(', ').toUpperCase()}</span> {path}
        </p>
        <p className="mt-2 max-w-[65ch] text-pretty text-muted">
          <Prose text={description} />
        </p>
      </div>
      <MemberList title="Parameters" members={parameters.map(memberOf)} />
      <MemberList title="Body" members={operation.bodyMembers} />
      <div>
        <h4 className="text-sm font-semibold">Answer</h4>
        {answers.map(({ status, description: meaning, content }) => (
          <p key={status} className="mt-1">
            <span className="font-mono text-[0.8125rem]">{status === 'default' ? 'any' : status}</span>{' '}
            {meaning} <span className="text-muted">{Object.keys(content).join(' or ')}</span>
          </p>
        ))}
      </div>
      <MemberList title="Members of the answer" members={operation.answerMembers} />
      {problems.length > 0 ? <Problems codes={problems} /> : null}
      <CodeBlock text={curl} label={`Copy the curl command: ${summary}`} />
      <TryIt operation={operation} />
    </article>
  );
}

function Problems({ codes }: { codes: readonly string[] }) {
  return (
    <details>
      <summary className="cursor-pointer text-sm font-semibold">{`${codes.length} problems`}</summary>
      <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1 font-mono text-xs">
        {codes.map((code) => (
          <a key={code} href={`#${code}`} className="text-link underline underline-offset-4">
            {code}
          </a>
        ))}
      </p>
    </details>
  );
}

function memberOf({ name, in: place, required, description, schema }: ApiParameter) {
  const { enum: choices, format, type } = schema;
  const said = Array.isArray(choices) ? choices.join(' | ') : String(format ?? type ?? 'string');
  return { name, required, description, type: `${place}, ${said}` };
}
