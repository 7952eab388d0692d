import { authorizeEndpoint } from '@/simulator/authorize/authorize';
import type { Endpoint } from '@/simulator/exchange';
import { frontdoorEndpoint } from '@/simulator/frontdoor/frontdoor-page';
import { singleAccessByGetEndpoint, singleAccessEndpoint } from '@/simulator/frontdoor/single-access';
import { discoveryEndpoint, keysEndpoint } from '@/simulator/oauth/discovery';
import { identityEndpoint, userInfoByPostEndpoint, userInfoEndpoint } from '@/simulator/oauth/identity';
import { introspectEndpoint } from '@/simulator/oauth/introspect';
import { revokeByGetEndpoint, revokeByPostEndpoint } from '@/simulator/oauth/revoke';
import { tokenByGetEndpoint, tokenEndpoint } from '@/simulator/oauth/token';
import { chooserEndpoint, chooserPageEndpoint } from '@/simulator/pages/chooser-page';
import { consentEndpoint, consentPageEndpoint } from '@/simulator/pages/consent-page';
import { errorPageEndpoint } from '@/simulator/pages/error-page';
import {
  faviconEndpoint,
  homePageEndpoint,
  logoutByPostEndpoint,
  logoutEndpoint,
} from '@/simulator/pages/home-page';
import { loginEndpoint, loginPageEndpoint } from '@/simulator/pages/login-page';
import { metadataSoapEndpoint } from '@/simulator/soap/metadata-endpoint';

/** Every endpoint that is not a data resource. */
export const ENDPOINTS: readonly Endpoint[] = [
  authorizeEndpoint,
  tokenEndpoint,
  tokenByGetEndpoint,
  revokeByPostEndpoint,
  revokeByGetEndpoint,
  introspectEndpoint,
  userInfoEndpoint,
  userInfoByPostEndpoint,
  keysEndpoint,
  identityEndpoint,
  discoveryEndpoint,
  loginPageEndpoint,
  loginEndpoint,
  consentPageEndpoint,
  consentEndpoint,
  chooserPageEndpoint,
  chooserEndpoint,
  errorPageEndpoint,
  homePageEndpoint,
  logoutEndpoint,
  logoutByPostEndpoint,
  faviconEndpoint,
  metadataSoapEndpoint,
  singleAccessEndpoint,
  singleAccessByGetEndpoint,
  frontdoorEndpoint,
];
