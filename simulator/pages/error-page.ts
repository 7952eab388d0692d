import type { Endpoint } from '@/simulator/exchange';
import { html, htmlResponse } from '@/simulator/pages/html';
import { page } from '@/simulator/pages/layout';

/** Where authorize errors end that Salesforce does not send back: the app never hears of them. */
export const errorPageEndpoint: Endpoint = {
  method: 'GET',
  pattern: '/setup/secur/RemoteAccessErrorPage.apexp',
  parameters: ['error', 'error_description'],
  handle: ({ state, request }) => {
    const content = html`<p class="error" role="alert">We can't authorize you because of an OAuth error.
For more information, contact your Salesforce administrator.</p>
<dl><dt>Error</dt><dd><code>${request.query.get('error')}</code></dd>
<dt>Description</dt><dd>${request.query.get('error_description')}</dd></dl>`;
    return htmlResponse(200, page({ title: 'OAuth Error', org: state.org, content }));
  },
};
