import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/forms/copy-field';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import type { AuditRow } from '@/lib/audit/types';
import { changesOf, factsOf } from './changes';

/** Everything that an entry holds: ids to look for elsewhere, what was before and after, the other facts. */
export function EntryDetails({ row, viewer }: { row: AuditRow; viewer: Viewer }) {
  const { who, subject, requestId, sessionId, userAgent, position } = row;
  const facts: Array<[string, ReactNode]> = [
    ['When', `${absoluteWords(row.at, viewer)} (${row.at})`],
    ['Action', <Code key="action">{row.action}</Code>],
    ['Who', who.id ? <PersonLink key="who" id={who.id} name={who.name} /> : 'Orgdock itself'],
    ['Subject', <Subject key="subject" subject={subject} />],
    ['Request', requestId ? <Copyable key="request" value={requestId} label="Copy request id" /> : null],
    ['Session', sessionId ? <Code key="session">{sessionId}</Code> : null],
    ['Browser', userAgent],
    ['Chain', position === null ? 'not sealed yet' : `link ${position}, row ${row.id}`],
    ...factsOf(row.details).map(([name, text]): [string, ReactNode] => [
      name,
      <Code key={name}>{text}</Code>,
    ]),
  ];
  return (
    <div className="space-y-4 bg-surface-secondary px-5 py-4">
      <Changes details={row.details} />
      <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[max-content_1fr]">
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted max-sm:mt-1">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function Changes({ details }: Pick<AuditRow, 'details'>) {
  const changes = changesOf(details);
  if (changes.length === 0) return null;
  return (
    <table className="w-full max-w-3xl table-fixed text-left">
      <caption className="sr-only">What was changed</caption>
      <thead className="text-xs text-muted">
        <tr>
          {['Setting', 'Before', 'After'].map((name) => (
            <th key={name} scope="col" className="py-1 pr-4 font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-separator">
        {changes.map(({ name, before, after }) => (
          <tr key={name} className="align-top">
            <th scope="row" className="py-1.5 pr-4 font-normal break-words text-muted">
              {name}
            </th>
            <td className="py-1.5 pr-4 break-words">
              {before === null ? <Absent /> : <del className="text-danger-soft-foreground">{before}</del>}
            </td>
            <td className="py-1.5 break-words">
              {after === null ? (
                <Absent />
              ) : (
                <ins className="text-success-soft-foreground no-underline">{after}</ins>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Absent() {
  return <span className="text-muted">none</span>;
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-xs break-all">{children}</code>;
}

function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <Code>{value}</Code>
      <CopyButton value={value} label={label} />
    </span>
  );
}

function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <>
      <Link href={`/admin/audit?person=${id}&period=all`} prefetch={false} className="inline-link">
        {name}
      </Link>{' '}
      <Code>{id}</Code>
    </>
  );
}

function Subject({ subject }: Pick<AuditRow, 'subject'>) {
  const { type, id, name, href } = subject;
  return (
    <>
      {type}{' '}
      {href ? (
        <Link href={href} prefetch={false} className="inline-link">
          {name ?? id}
        </Link>
      ) : null}{' '}
      <Code>{id}</Code>{' '}
      <Link
        href={`/admin/audit?subject=${encodeURIComponent(id)}&period=all`}
        prefetch={false}
        className="inline-link whitespace-nowrap"
      >
        Everything about it
      </Link>
    </>
  );
}
