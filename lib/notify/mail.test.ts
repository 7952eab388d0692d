import { describe, expect, it } from 'vitest';
import { startMailServer, useMailServer } from '@/tests/mail-server';
import { sendMail } from './mail';

const eve = { name: 'Eve', address: 'eve@acme.example' };

describe('a mail', () => {
  it.each([
    ['the name', { to: { ...eve, name: 'Eve\r\nBcc: all@evil.example\r\n\r\nwords of Eve' } }],
    ['the address', { to: { ...eve, address: 'eve@acme.example\r\nRCPT TO:<all@evil.example>' } }],
    ['the address, as a list', { to: { ...eve, address: 'eve@acme.example, all@evil.example' } }],
    ['the subject', { subject: 'It ends\r\nBcc: all@evil.example\r\n\r\nwords of Eve' }],
  ])('goes to one address with the headers of its own, whatever %s holds', async (_, values) => {
    const server = await startMailServer();
    useMailServer(server.url);
    await sendMail({ to: eve, subject: 'It ends', text: 'Words of ours.', ...values });
    const [mail, ...others] = server.mails;
    expect(others).toEqual([]);
    expect(mail?.to).toHaveLength(1);
    const [headers, ...body] = (mail?.content ?? '').split('\n\n');
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(body.join('\n\n').trim()).toBe('Words of ours.');
  });
});
