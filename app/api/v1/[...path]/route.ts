import { answerCall } from '@/lib/broker/call/answer-call';
import { AppError } from '@/lib/errors';

/** What is not there is told to programs in their own words, and to nobody without a key. */
function notFound(request: Request): Promise<Response> {
  return answerCall(request, { operation: 'unknown' }, () => {
    throw new AppError('NOT_FOUND', 'The API has no such address.', {
      nextStep: 'See /api-reference for those that there are.',
    });
  });
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
