import { headersToProgram } from '@/lib/salesforce/proxy/headers';
import type { ProxiedAnswer } from '@/lib/salesforce/proxy/send';

/** Statuses whose answers have no body (Fetch standard, "null body status"). */
const WITHOUT_BODY = [204, 205, 304];

/** Salesforce's answer for a program: its status and bytes, and those of its headers that are for programs. */
export function passOn(answer: ProxiedAnswer, body: ReadableStream<Uint8Array> | Buffer): Response {
  const headers = headersToProgram(answer.headers);
  if (answer.unsentAfterRenewal) {
    headers.set(
      'orgdock-next-step',
      'The access token had ended and is renewed now. A body of more than 1 MB cannot be sent twice: send the request again.',
    );
  }
  if (!WITHOUT_BODY.includes(answer.status)) {
    return new Response(body instanceof ReadableStream ? body : new Uint8Array(body), {
      status: answer.status,
      headers,
    });
  }
  if (body instanceof ReadableStream) void body.cancel();
  return new Response(null, { status: answer.status, headers });
}
