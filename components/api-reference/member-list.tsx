import { Prose } from './prose';

interface Member {
  name: string;
  type: string;
  required: boolean;
  description: string;
}

/** Parameters, or the members of a body or an answer. */
export function MemberList({ title, members }: { title: string; members: readonly Member[] }) {
  if (members.length === 0) return null;
  return (
    <div>
      <h4 className="text-sm font-semibold">{title}</h4>
      <dl className="mt-1 divide-y divide-separator">
        {members.map(({ name, type, required, description }) => (
          <div key={`${name} ${type}`} className="grid gap-x-6 gap-y-0.5 py-2 sm:grid-cols-[16rem_1fr]">
            <dt className="min-w-0">
              <code className="font-mono text-[0.8125rem] font-medium break-words">{name}</code>
              {required ? <span className="ml-2 text-xs text-muted">required</span> : null}
            </dt>
            <dd className="min-w-0 break-words">
              <span className="block font-mono text-xs text-muted">{type}</span>
              {description ? <Prose text={description} /> : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
