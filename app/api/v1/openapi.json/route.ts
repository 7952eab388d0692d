import { openApiDocument } from '@/lib/broker/openapi/document';
import { portalOrigin } from '@/lib/env';

/** What the API takes and answers, for everybody: it tells of no key and of no org. */
export function GET(): Response {
  return Response.json(openApiDocument(portalOrigin()), {
    headers: { 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' },
  });
}
