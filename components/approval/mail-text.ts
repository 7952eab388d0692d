export interface ApprovalMail {
  askedBy: string;
  environmentName: string;
  url: string;
  /** Day and time in the reader's words. */
  until: string;
}

/** The mail that whoever waits sends from their own mailbox: Orgdock writes to nobody at the company. */
export function approvalMailOf({ askedBy, environmentName, url, until }: ApprovalMail) {
  const subject = `Please let the app of ${environmentName} into Salesforce`;
  const text = [
    'Hello,',
    `I would like to connect the Salesforce org “${environmentName}” in Orgdock, and Salesforce refuses its app. Only a Salesforce administrator can let it in.`,
    'This page says what the app is, what it may do, and the steps in Setup. It needs no account and holds no secret:',
    url,
    `It works until ${until}. When it is done, press Done there and I will be told.`,
    `Thank you\n${askedBy}`,
  ].join('\n\n');
  return { subject, text };
}

/** Opens the reader's own mail program with the mail in it; to whom it goes they know best. */
export function mailtoOf({ subject, text }: { subject: string; text: string }): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
}
