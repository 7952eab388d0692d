/**
 * What an environment may not add to requests. Orgdock says these itself, and each of them would change who is asked,
 * for what, or where the answer goes.
 */

const AUTHORIZE =
  /^(?:response_type|response_mode|request|request_uri|client_.*|redirect_uri|scope|state|code_challenge.*|nonce|prompt|login_hint)$/i;

/** `format` decides how the answer is written. */
const TOKEN =
  /^(?:grant_type|code|code_verifier|client_.*|redirect_uri|refresh_token|token.*|assertion|scope|username|password|format)$/i;

/** Message framing (RFC 9110 §7.8), credentials, and how the answer is written. */
const HEADER =
  /^(?:authorization|proxy-.*|cookie|host|content-.*|transfer-encoding|te|trailer|connection|keep-alive|upgrade|expect|accept|accept-encoding)$/i;

/** Whether Orgdock alone decides on this parameter of the authorize URL. */
export const isReservedInAuthorizeUrl = (name: string): boolean => AUTHORIZE.test(name);

/** Whether Orgdock alone decides on this parameter of token requests. */
export const isReservedInTokenRequest = (name: string): boolean => TOKEN.test(name);

/** Whether Orgdock alone decides on this header of token requests. */
export const isReservedHeader = (name: string): boolean => HEADER.test(name);
