import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { CauseId } from '@/lib/doctor/catalogue/causes';
import { diagnosisOf } from '@/lib/doctor/make-diagnosis';
import { LiveDoctor } from './live-doctor';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }));

function panelOf(cause: CauseId): string {
  const signal = { place: 'refresh', code: 'GRANT_ENDED', message: '', fault: null } as const;
  const diagnosis = diagnosisOf(cause, signal, { instanceUrl: null, appType: 'external_client_app' });
  return renderToStaticMarkup(<LiveDoctor diagnosis={diagnosis} approval={<b>Ask them</b>} />);
}

it('offers to ask a Salesforce administrator where only they can help', () => {
  expect(panelOf('app_blocked')).toContain('<b>Ask them</b>');
  expect(panelOf('host_timeout')).not.toContain('Ask them');
});
