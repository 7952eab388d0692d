import { withSystem } from '@/db/client';
import { readApprovalMail } from '@/lib/notify/approval-notice';
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

/**
 * Mails who waited that a Salesforce administrator has let the app in, unless they have gone on since. The job is queued
 * once, with the act; one that ran and was not ticked off costs a second mail.
 */
export async function mailApproval(requestId: string): Promise<void> {
  const mail = await withSystem('approval mail', (tx) => readApprovalMail(tx, requestId));
  if (mail) await sendMail(mail);
}
