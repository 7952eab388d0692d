import type { QueryParameter } from '@/lib/broker/types';

/** What a program may say to a query. */
export function ParameterTable({ parameters }: { parameters: QueryParameter[] }) {
  if (parameters.length === 0) return <p className="text-muted">It has no parameters.</p>;
  return (
    <section aria-label="Parameters" className="overflow-x-auto">
      <table className="w-full text-left text-[0.8125rem]">
        <thead className="text-muted">
          <tr>
            {['Name', 'Type', 'Value', 'What it is'].map((title) => (
              <th key={title} scope="col" className="py-1.5 pr-4 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-separator">
          {parameters.map(({ name, type, required, default: text, description }) => (
            <tr key={name}>
              <th scope="row" className="py-1.5 pr-4 font-mono font-medium">
                {name}
              </th>
              <td className="py-1.5 pr-4">{type}</td>
              <td className="py-1.5 pr-4">
                {required ? 'required' : text === null ? 'optional' : `${text}, if not said`}
              </td>
              <td className="min-w-40 py-1.5">{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
