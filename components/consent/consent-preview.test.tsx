import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { ConsentPreview } from './consent-preview';

vi.mock('./consent-button', () => ({ ConsentButton: () => null }));

describe('what is shown before a consent', () => {
  it('names the mails of Salesforce that tell one’s username', () => {
    const environment = { slug: 'uat', name: 'UAT' } as EnvironmentSummary;
    const html = renderToStaticMarkup(<ConsentPreview environment={environment} scopes={['api']} />);
    expect(html).toContain('“Welcome to Salesforce”');
    expect(html.replace(/\s+/g, ' ')).toContain('“Finish resetting your Salesforce”');
  });
});
