import Link from 'next/link';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { WaitingAnswer } from '@/lib/connections/types';

/** Answers of Salesforce on this machine's disk that the database has not taken yet. */
export function SpooledAnswers({ answers, viewer }: { answers: WaitingAnswer[]; viewer: Viewer }) {
  return (
    <Section
      title="Waiting on disk"
      description="Answers to refreshes that this machine has written down and not stored yet. They are stored within a minute of the database’s return; other replicas have their own."
    >
      {answers.length === 0 ? (
        <p className="text-muted">Nothing waits.</p>
      ) : (
        <ul className="divide-y divide-separator">
          {answers.map(({ attemptId, writtenAt, connectionId, generation, problem }) => (
            <li
              key={attemptId}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3.5"
            >
              <p className="break-words">
                {connectionId ? (
                  <>
                    <Link
                      className="inline-link"
                      prefetch={false}
                      href={`/admin/connections/${connectionId}`}
                    >
                      The connection
                    </Link>
                    ’s answer after generation {generation}
                  </>
                ) : (
                  <>
                    Attempt {attemptId}: {problem}
                  </>
                )}
              </p>
              <p className="text-[0.8125rem] text-muted">
                since <Instant iso={writtenAt} viewer={viewer} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
