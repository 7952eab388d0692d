import { notFound, redirect } from 'next/navigation';
import { LinkClosed } from '@/components/connect-links/link-closed';
import { LinkOffer } from '@/components/connect-links/link-offer';
import { EntryFrame } from '@/components/shell/entry-frame';
import { ProblemCard } from '@/components/states/problem-card';
import { openConnectLink } from '@/lib/consent/links/open-link';
import { AppError, toProblem } from '@/lib/errors';
import { getContext } from '@/lib/session/context';

export const metadata = {
  title: 'Connect Salesforce for somebody',
  robots: { index: false, follow: false },
};

/** Addresses of environments were here once; no token has this form. */
const SLUG = /^[a-z0-9-]{1,44}$/;

export default async function ConnectLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (SLUG.test(token)) redirect(`/connections/new/${token}`);
  const opened = await openOrProblem(token);
  if (opened === null) notFound();
  if (opened instanceof AppError) {
    return (
      <EntryFrame wide>
        <ProblemCard problem={toProblem(opened)} />
      </EntryFrame>
    );
  }
  const ctx = await getContext();
  return (
    <EntryFrame wide>
      {opened.state === 'open' ? (
        <LinkOffer link={opened} token={token} signedInAs={ctx?.displayName ?? null} />
      ) : (
        <LinkClosed state={opened.state} />
      )}
    </EntryFrame>
  );
}

async function openOrProblem(token: string) {
  try {
    return await openConnectLink(token);
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return error;
    throw error;
  }
}
