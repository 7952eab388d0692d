import { describe, expect, it } from 'vitest';
import { approvalMailOf, mailtoOf } from './mail-text';

const mail = approvalMailOf({
  askedBy: 'Grace & Co',
  environmentName: 'Production?',
  url: 'https://orgdock.example/approve/token',
  until: '3 Dec 2026, 10:04 UTC',
});

describe('the mail to a Salesforce administrator', () => {
  it('holds the link, until when it works, and who asks', () => {
    expect(mail.text).toContain('\nhttps://orgdock.example/approve/token\n');
    expect(mail.text).toContain('until 3 Dec 2026, 10:04 UTC');
    expect(mail.text).toMatch(/Grace & Co$/);
  });

  it('opens in a mail program as it is', () => {
    const query = new URLSearchParams(
      mailtoOf(mail)
        .replace(/^mailto:\?/, '')
        .replaceAll('+', '%2B'),
    );
    expect(query.get('subject')).toBe(mail.subject);
    expect(query.get('body')?.replaceAll('\r\n', '\n')).toBe(mail.text);
  });
});
