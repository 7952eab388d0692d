import { answerConsent } from '@/lib/consent/callback';
import { answerProvider } from '@/lib/consent/provider/callback';
import { textProblem } from '@/lib/session/api';

const notFound = () => new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } });

/** Only `callback/<slug>` exists. next-auth's own pages and routes are not served. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const [action, slug, ...rest] = (await params).nextauth;
  if (action !== 'callback' || slug === undefined || rest.length > 0) return notFound();
  try {
    return (await answerProvider(request, slug)) ?? (await answerConsent(request, slug));
  } catch (error) {
    return textProblem(error, request);
  }
}

export const POST = notFound;
/** Next would answer HEAD by GET, and use a consent up without an answer. */
export const HEAD = notFound;
