import { notFound, redirect } from 'next/navigation';
import { ConsentFailureView } from '@/components/consent/consent-failure';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getConsentFailure } from '@/lib/consent/failures';
import { diagnoseConsent } from '@/lib/doctor/diagnose-consent';
import { getContext } from '@/lib/session/context';
import { askOrgAboutConsentAction, requestAccessAction } from '../actions';
import { Approval } from './approval';

export const metadata = { title: 'Consent failed' };

export default async function ConsentFailurePage({ params }: { params: Promise<{ id: string }> }) {
  const failure = await getConsentFailure((await params).id);
  if (!failure) notFound();
  if (failure.byLink) redirect(`/connect/failed/${failure.id}`);
  const ctx = await getContext();
  const { environment, noAccess } = failure;
  const doctor =
    environment && !noAccess ? (
      <LiveDoctor
        diagnosis={await diagnoseConsent(ctx, failure)}
        {...(ctx ? { askOrg: askOrgAboutConsentAction.bind(null, failure.id) } : {})}
      />
    ) : null;
  return (
    <EntryFrame wide>
      <ConsentFailureView
        failure={failure}
        signedIn={ctx !== null}
        doctor={doctor}
        locale={ctx?.locale ?? 'en-GB'}
        timeZone={ctx?.timeZone ?? 'UTC'}
        approval={ctx ? <Approval ctx={ctx} failure={failure} /> : null}
        request={requestAccessAction.bind(null, failure.id)}
      />
    </EntryFrame>
  );
}
