import { notFound } from 'next/navigation';
import { LinkFailure } from '@/components/connect-links/link-failure';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getConsentFailure } from '@/lib/consent/failures';
import { diagnoseConsent } from '@/lib/doctor/diagnose-consent';

export const metadata = { title: 'Not connected', robots: { index: false, follow: false } };

/** Why a consent by a connect link failed, for its browser. Nothing is said that only people of the portal know. */
export default async function LinkFailurePage({ params }: { params: Promise<{ id: string }> }) {
  const failure = await getConsentFailure((await params).id);
  if (!failure?.byLink) notFound();
  const ended = failure.problem.code === 'CONNECT_LINK_INVALID';
  const diagnosis = ended ? null : await diagnoseConsent(null, failure);
  return (
    <EntryFrame wide>
      <LinkFailure
        failure={failure}
        needsApproval={diagnosis?.needsApproval ?? false}
        doctor={diagnosis ? <LiveDoctor diagnosis={diagnosis} /> : null}
      />
    </EntryFrame>
  );
}
