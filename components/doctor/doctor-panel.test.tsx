import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { makeDiagnosis } from '@/lib/doctor/make-diagnosis';
import type { Comparison } from '@/lib/doctor/types';
import { DoctorPanel } from './doctor-panel';

const FAULT = { error: 'redirect_uri_mismatch', description: 'must match', status: null };
const DIAGNOSIS = makeDiagnosis(
  { place: 'authorize_redirect', code: 'APP_REDIRECT_URI_MISMATCH', message: '', fault: FAULT },
  { instanceUrl: null, appType: null },
);
const HINT = 'Salesforce does not tell.';
const compared = (values: string[] | null): Comparison => ({
  label: 'Callback URL',
  ours: { name: 'Orgdock sends', value: 'https://portal.example/a' },
  theirs: { name: 'The app lists', values, hint: HINT },
});
const panel = (comparison: Comparison | null) =>
  renderToStaticMarkup(<DoctorPanel diagnosis={{ ...DIAGNOSIS, comparison }} />);

describe('the Doctor’s panel', () => {
  it('says when its guidance was checked', () => {
    expect(panel(null)).toMatch(/Checked against Winter ’27, \d+ Nov 2026/);
  });

  it('offers both callback URLs to copy, and what Salesforce does not tell as plain words', () => {
    const told = panel(compared(['https://portal.example/b']));
    expect(told).toContain('https://portal.example/b');
    expect(told).not.toContain(HINT);
    const untold = panel(compared(null));
    expect(untold).toContain(`>${HINT}</p>`);
    expect(untold).toContain('https://portal.example/a');
  });
});
