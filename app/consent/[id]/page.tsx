import { notFound } from 'next/navigation';
import { ConsentFailureView } from '@/components/consent/consent-failure';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getConsentFailure } from '@/lib/consent/failures';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { getContext } from '@/lib/session/context';
import { requestAccessAction } from '../actions';
import { Approval } from './approval';

export const metadata = { title: 'Consent failed' };

export default async function ConsentFailurePage({ params }: { params: Promise<{ id: string }> }) {
  const failure = await getConsentFailure((await params).id);
  if (!failure) notFound();
  const ctx = await getContext();
  return (
    <EntryFrame wide>
      <ConsentFailureView
        failure={failure}
        signedIn={ctx !== null}
        redirectUri={failure.environment ? redirectUriOf(failure.environment.slug) : null}
        locale={ctx?.locale ?? 'en-GB'}
        timeZone={ctx?.timeZone ?? 'UTC'}
        approval={ctx ? <Approval ctx={ctx} failure={failure} /> : null}
        request={requestAccessAction.bind(null, failure.id)}
      />
    </EntryFrame>
  );
}
