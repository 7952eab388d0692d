import { runDataRoute } from '@/simulator/data-access';
import { ENDPOINTS } from '@/simulator/endpoints';
import { noteOauthLogin } from '@/simulator/evidence/note-oauth-login';
import type { Exchange } from '@/simulator/exchange';
import { text, unknownToSimulator } from '@/simulator/http/respond';
import { matchRoute, unknownParameter } from '@/simulator/http/router';
import { recordPage } from '@/simulator/pages/record-page';
import type { RouteTable, SimResponse } from '@/simulator/types';

const MAX_BYTES = 16_384;

/** Does the work of a request, whatever becomes of its answer. */
export async function processExchange(exchange: Exchange, dataRoutes: RouteTable): Promise<SimResponse> {
  const { entry, request } = exchange;
  try {
    const response = await dispatch(exchange, dataRoutes);
    entry.unknown = response.unknown ?? null;
    noteOauthLogin(exchange, response);
    return response;
  } catch (error) {
    // A crash of the simulator is counted with the unknown things, so that a test that causes one fails.
    const what = `how to answer ${request.method} ${request.path}: ${String(error)}`;
    entry.unknown = what;
    return { ...unknownToSimulator(what), status: 500 };
  } finally {
    entry.processed = true;
  }
}

async function dispatch(exchange: Exchange, dataRoutes: RouteTable): Promise<SimResponse> {
  const { request, form } = exchange;
  const tooLong = checkSizes(exchange);
  if (tooLong) return tooLong;
  const endpoint = matchRoute(ENDPOINTS, request.method, request.path);
  if (endpoint) {
    const { route, params } = endpoint;
    const unknown =
      unknownParameter(request.query, route.parameters) ?? unknownParameter(form, route.form ?? []);
    if (unknown) return unknownToSimulator(`${unknown} of ${request.path}`);
    if (!route.pausesItself) await exchange.pause();
    return route.handle({ ...exchange, request: { ...request, params } });
  }
  await exchange.pause();
  const data = matchRoute(dataRoutes, request.method, request.path);
  if (data) {
    const { route, params } = data;
    const unknown = unknownParameter(request.query, route.parameters);
    if (unknown) return unknownToSimulator(`${unknown} of ${request.path}`);
    return runDataRoute({ ...exchange, request: { ...request, params } }, route);
  }
  const page = await recordPage(exchange, dataRoutes);
  return page ?? unknownToSimulator(`${request.method} ${request.path}`);
}

/** Both limits of "Status Codes and Error Responses": 414 for the URI, 431 for the URI with all headers. */
function checkSizes({ uriBytes, headerBytes }: Exchange): SimResponse | null {
  if (uriBytes > MAX_BYTES) return text(414, 'URI Too Long');
  return uriBytes + headerBytes > MAX_BYTES ? text(431, 'Request Header Fields Too Large') : null;
}
