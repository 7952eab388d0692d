import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { defineCauses } from '@/lib/doctor/catalogue/define-causes';
import { SETUP } from '@/lib/doctor/catalogue/setup-places';

/** The way to Salesforce: names, addresses, certificates. */
export const HOST_CAUSES = defineCauses(
  { actor: 'portal_admin', retry: 'retest', article: ARTICLES.myDomain, setup: SETUP.myDomain },
  {
    host_unresolvable: {
      title: 'The host name could not be resolved',
      happened: 'DNS gave no address for the name, so Salesforce was never asked.',
      why: 'The name is mistyped, My Domain was renamed, the sandbox is gone, or the portal’s own DNS does not answer.',
      fix: [
        'Compare the address with Setup → My Domain.',
        'On the portal’s machine: nslookup <the host>. If that fails for login.salesforce.com too, it is the portal’s DNS.',
        'If only this name fails, it is the address: correct it on the environment’s page.',
      ],
    },
    host_unreachable: {
      title: 'The connection to Salesforce failed',
      happened: 'The name was resolved, and no connection stood, or it broke before an answer.',
      why: 'A firewall or proxy keeps the portal from the internet, or Salesforce is not reachable at the moment.',
      fix: [
        'On the portal’s machine: curl -I https://<the host>. A refusal or a timeout is the portal’s own network.',
        'Behind a proxy, set HTTPS_PROXY and let the host through.',
        'If curl works, look at the state of the instance, then test again.',
      ],
      article: ARTICLES.addresses,
    },
    host_timeout: {
      title: 'Salesforce did not answer in time',
      happened: 'The connection stood or was being made, and nothing came.',
      why: 'Salesforce is slow, or a firewall swallows packets.',
      fix: ['Test again in a minute.', 'Look at the state of the instance.'],
      setup: null,
      article: ARTICLES.status,
      actor: 'nobody',
      retry: 'wait',
    },
    certificate_refused: {
      title: 'The certificate of the host was not accepted',
      happened: 'TLS failed: whoever answered could not prove to be this host.',
      why: 'An inspecting proxy answers with a certificate of its own, the portal’s clock is wrong, or the address is not Salesforce’s.',
      fix: [
        'Name the proxy’s certificate in NODE_EXTRA_CA_CERTS, then start the portal again.',
        'Check the portal’s clock.',
      ],
      setup: null,
      article: ARTICLES.addresses,
    },
    host_lightning: {
      title: 'This is the address of Lightning pages',
      happened: 'Orgdock does not call it: OAuth and API are not served there.',
      why: 'The address was copied from the browser. The org’s API is at its My Domain address.',
      fix: ['Replace .lightning.force.com by .my.salesforce.com on the environment’s page.'],
    },
    host_setup: {
      title: 'This is the address of Setup pages',
      happened: 'Orgdock does not call it: OAuth and API are not served there.',
      why: 'The address was copied from Setup. The org’s API is at its My Domain address.',
      fix: ['Replace .my.salesforce-setup.com by .my.salesforce.com on the environment’s page.'],
    },
    host_private: {
      title: 'The name leads into a private network',
      happened: 'DNS gave an address that is not public, and Orgdock does not call those.',
      why: 'Salesforce’s hosts are public. The portal’s DNS answers wrongly, or somebody redirects the name.',
      fix: ['Check what the portal’s DNS answers for this name.'],
      article: ARTICLES.addresses,
    },
    host_not_salesforce: {
      title: 'This is no address of Salesforce’s API',
      happened: 'Orgdock calls only hosts of Salesforce, and those that an operator allowed.',
      why: 'The address is mistyped, carries a port or an IP address, or Salesforce named one that Orgdock does not know.',
      fix: [
        'Use the My Domain address of the org, which ends with .my.salesforce.com.',
        'An operator can allow one more origin with ORGDOCK_ALLOW_HOSTS.',
      ],
    },
    host_moved: {
      title: 'The host sends requests to another address',
      happened: 'Instead of an answer came a redirect, which Orgdock does not follow with a token.',
      why: 'My Domain was renamed, or the org moved.',
      fix: [
        'Compare the address with Setup → My Domain.',
        'Enter the new one on the environment’s page, then reconnect.',
      ],
      retry: 'reconnect',
    },
  },
);
