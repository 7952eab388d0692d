import { DoctorPanel } from '@/components/doctor/doctor-panel';
import { DoctorToggle } from '@/components/doctor/doctor-toggle';
import { Instant, type Viewer } from '@/components/states/instant';
import type { EnvironmentTrouble } from '@/lib/doctor/types';

const WHAT: Record<EnvironmentTrouble['what'], (count: number) => string> = {
  app: () => 'The app: Salesforce refuses it, so no refresh is sent',
  connections: (count) => (count === 1 ? '1 connection' : `${count} connections`),
  consents: (count) =>
    count === 1 ? '1 consent of the last 7 days' : `${count} consents of the last 7 days`,
};

/** What fails in an environment, by cause, each with the Doctor’s panel on demand. */
export function EnvironmentTroubles({
  troubles,
  viewer,
}: {
  troubles: EnvironmentTrouble[];
  viewer: Viewer;
}) {
  if (troubles.length === 0) return <p className="text-muted">Nothing has failed in the last 7 days.</p>;
  return (
    <ul className="space-y-4">
      {troubles.map(({ what, count, first, last, diagnosis }) => (
        <li
          key={`${what} ${diagnosis.cause.id} ${diagnosis.code} ${diagnosis.raw?.error} ${diagnosis.raw?.description}`}
          data-trouble={diagnosis.cause.id}
          className="space-y-2 rounded-lg border border-border px-4 py-3"
        >
          <p className="font-medium">{diagnosis.cause.title}</p>
          <p className="text-[0.8125rem] text-muted">
            {WHAT[what](count)} · since <Instant iso={first} viewer={viewer} exact />
            {last === first ? null : (
              <>
                , last <Instant iso={last} viewer={viewer} />
              </>
            )}
          </p>
          <DoctorToggle>
            <DoctorPanel diagnosis={diagnosis} heading="h3" />
          </DoctorToggle>
        </li>
      ))}
    </ul>
  );
}
