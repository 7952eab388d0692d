import { NextResponse } from 'next/server';

/** Never called. Turbopack looks for this file in the folders above, too, and would take the portal's. */
export function proxy(): NextResponse {
  return NextResponse.next();
}

export const config = { matcher: '/no-page-of-this-app' };
