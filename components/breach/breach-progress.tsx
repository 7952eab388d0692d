import { AutoRefresh } from '@/components/states/auto-refresh';
import { type Fact, Facts, Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { Breach } from '@/lib/custody/breach/types';
import { countOf, scopeInWords } from './breach-words';

/** While grants are revoked, and while they wait for hours. */
const LOOK_MS = { revoking: 2_000, waiting: 15_000 };

/** How far a breach has come; looks again by itself until it has finished. */
export function BreachProgress({ breach, viewer }: { breach: Breach; viewer: Viewer }) {
  const { counts, finishedAt } = breach;
  const done = counts.confirmed + counts.ended;
  return (
    <Section title={finishedAt ? 'Finished' : 'Revoking at Salesforce'}>
      <div aria-live="polite" className="space-y-4">
        <Bar done={done} left={counts.unsendable + counts.gaveUp} total={counts.grants} />
        <p className="font-medium">
          {counts.grants === 0
            ? 'There was no grant to revoke.'
            : `${done} of ${countOf(counts.grants, 'grant')} ended for certain.`}{' '}
          {openInWords(breach)}
        </p>
        <Facts facts={factsOf(breach, viewer)} />
      </div>
      {finishedAt ? null : <AutoRefresh everyMs={counts.revoking > 0 ? LOOK_MS.revoking : LOOK_MS.waiting} />}
    </Section>
  );
}

function openInWords({ finishedAt, counts: { revoking, waiting, unsendable, gaveUp } }: Breach): string {
  const said = [
    revoking > 0 ? `${revoking} being revoked now` : null,
    waiting > 0 ? `${waiting} waiting for another try` : null,
    unsendable + gaveUp > 0 ? `${unsendable + gaveUp} to be ended in Salesforce by hand` : null,
  ].filter((one) => one !== null);
  if (said.length > 0) return `${said.join(', ')}.`;
  return finishedAt ? '' : 'The last of them is being written down.';
}

function factsOf(breach: Breach, viewer: Viewer): Fact[] {
  const { startedAt, startedByName, reason, endsSessions, sessionsEnded, finishedAt } = breach;
  return [
    {
      label: 'Pressed',
      value: (
        <>
          <Instant iso={startedAt} viewer={viewer} exact /> by {startedByName}
        </>
      ),
    },
    { label: 'Scope', value: scopeInWords(breach) },
    { label: 'What happened', value: reason },
    {
      label: 'Sessions',
      value: endsSessions ? `${countOf(sessionsEnded, 'session')} ended` : 'Kept, as it was asked',
    },
    {
      label: 'Sealed values',
      value: finishedAt ? (
        <>
          Nothing of these grants is sealed here any more, since{' '}
          <Instant iso={finishedAt} viewer={viewer} exact />
        </>
      ) : (
        `Those of ${breach.grants.filter((one) => one.forgottenAt !== null).length} of ${countOf(breach.counts.grants, 'grant')} are deleted`
      ),
    },
    { label: 'Backups', value: <Backups breach={breach} viewer={viewer} /> },
  ];
}

function Backups({ breach: { backupDays, backupsUntil }, viewer }: { breach: Breach; viewer: Viewer }) {
  if (backupsUntil) {
    return (
      <>
        May hold the sealed tokens until <Instant iso={backupsUntil} viewer={viewer} exact />
      </>
    );
  }
  if (backupDays !== null) return `Kept for ${countOf(backupDays, 'day')}, which count from the end`;
  return 'Nobody has said how long they are kept: whoever keeps backups of the database must answer until when they hold the sealed tokens';
}

function Bar({ done, left, total }: { done: number; left: number; total: number }) {
  const part = (count: number) => `${total === 0 ? 0 : (count / total) * 100}%`;
  return (
    <div
      role="progressbar"
      aria-label="Grants that have ended for certain"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className="flex h-2 overflow-hidden rounded-full bg-default"
    >
      <div
        className="bg-success transition-[width] motion-reduce:transition-none"
        style={{ width: part(done) }}
      />
      <div className="bg-danger" style={{ width: part(left) }} />
    </div>
  );
}
