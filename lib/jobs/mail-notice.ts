import { withSystem } from '@/db/client';
import { markMailed, readDueMail } from '@/lib/notify/due-mail';
import { sendMail } from '@/lib/notify/mail';

/**
 * Mails one notification, unless it is not due any more. A mail server that is away makes the job fail, and so be
 * tried again; a database that goes away between the mail and its mark may cost a second mail.
 */
export async function mailNotice(notificationId: string): Promise<void> {
  const mail = await withSystem('notice mail', (tx) => readDueMail(tx, notificationId));
  if (!mail) return;
  await sendMail(mail);
  await withSystem('notice mail', (tx) => markMailed(tx, notificationId));
}
