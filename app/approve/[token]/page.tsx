import { notFound } from 'next/navigation';
import { ApprovalView } from '@/components/approval/approval-view';
import { EntryFrame } from '@/components/shell/entry-frame';
import { ProblemCard } from '@/components/states/problem-card';
import { AppError, toProblem } from '@/lib/errors';
import { openApproval } from '@/lib/provisioning/approval/open-approval';
import { requestFacts } from '@/lib/session/context';
import { finishApprovalAction } from '../actions';

export const metadata = {
  title: 'Let an app into Salesforce',
  robots: { index: false, follow: false },
};

export default async function ApprovalPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const opened = await openOrProblem(token);
  if (opened === null) notFound();
  return (
    <EntryFrame wide>
      {opened instanceof AppError ? (
        <ProblemCard problem={toProblem(opened)} />
      ) : (
        <ApprovalView approval={opened} finish={finishApprovalAction.bind(null, token)} />
      )}
    </EntryFrame>
  );
}

async function openOrProblem(token: string) {
  try {
    return await openApproval(token, await requestFacts());
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return error;
    throw error;
  }
}
