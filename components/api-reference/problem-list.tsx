import type { ProblemMeaning } from '@/lib/broker/openapi/types';
import { Prose } from './prose';

/** Every code that a problem may carry, where its `type` leads to. */
export function ProblemList({ problems }: { problems: readonly ProblemMeaning[] }) {
  return (
    <dl className="divide-y divide-separator">
      {problems.map(({ code, status, meaning }) => (
        <div
          key={code}
          id={code}
          className="grid scroll-mt-24 gap-x-6 gap-y-0.5 rounded-md py-2.5 target:bg-accent-soft sm:grid-cols-[20rem_1fr]"
        >
          <dt className="min-w-0 font-mono text-[0.8125rem] break-words">
            <a href={`#${code}`} className="font-medium hover:underline">
              {code}
            </a>{' '}
            <span className="text-muted">{status}</span>
          </dt>
          <dd className="min-w-0 text-pretty">
            <Prose text={meaning} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
