import type { SoqlInspection } from '@/lib/broker/named-queries/types';

/** Which objects and fields a query reads, as far as its text says; fields of parents as they are written. */
export function QueryReads({ reads }: Pick<SoqlInspection, 'reads'>) {
  return (
    <div className="rounded-lg bg-default px-4 py-3 text-[0.8125rem]">
      <p className="font-medium">It reads</p>
      <ul className="mt-1 space-y-1">
        {reads.map(({ sobject, fields }) => (
          <li key={sobject} className="break-words">
            <span className="font-medium">{sobject}</span>
            <span className="text-muted">
              : {fields.length > 0 ? fields.join(', ') : 'how many there are'}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
