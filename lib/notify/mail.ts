import { createTransport } from 'nodemailer';
import { env, portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** A plain text mail to one person. */
export interface Mail {
  to: { name: string; address: string };
  subject: string;
  text: string;
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * Hands a mail to the server of ORGDOCK_SMTP_URL. Resolves when that has taken it. Throws MISCONFIGURED without a
 * server, and UNAVAILABLE when it does not take the mail.
 */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
  const { server, from } = readServer();
  const transport = createTransport({ url: server, ...TIMEOUTS });
  try {
    await transport.sendMail({
      from,
      to,
      subject,
      text,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (error) {
    throw refused(error);
  } finally {
    transport.close();
  }
}

function readServer(): { server: string; from: string } {
  const { ORGDOCK_SMTP_URL } = env();
  if (!ORGDOCK_SMTP_URL) throw new AppError('MISCONFIGURED', 'ORGDOCK_SMTP_URL names no mail server.');
  const url = new URL(ORGDOCK_SMTP_URL);
  const from = url.searchParams.get('from') ?? `orgdock@${new URL(portalOrigin()).hostname}`;
  url.searchParams.delete('from');
  return { server: url.href, from };
}

/** The server's reply may repeat addresses, so only its codes are kept. */
function refused(error: unknown): AppError {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const codes = [code, responseCode].filter((one) => ['string', 'number'].includes(typeof one)).join(' ');
  return new AppError('UNAVAILABLE', `The mail server did not take a mail (${codes || 'no reason given'}).`, {
    nextStep: 'It is tried again. Check ORGDOCK_SMTP_URL if it stays so.',
  });
}
