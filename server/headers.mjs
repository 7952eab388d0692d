// @ts-check

/**
 * What every answer carries, also those that proxy.ts does not see: static files, refusals and failures outside of Next.
 * Where proxy.ts answers, its own values take the place of these.
 * @param {string | string[] | undefined} proto `x-forwarded-proto`, as `ownForwardedHeaders` left it
 * @returns {Array<[name: string, value: string]>}
 */
export function leastHeaders(proto) {
  return [
    ['x-content-type-options', 'nosniff'],
    ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
    ['cross-origin-resource-policy', 'same-origin'],
    ['referrer-policy', 'same-origin'],
    ...(proto === 'https'
      ? [
          /** @type {[string, string]} */ ([
            'strict-transport-security',
            'max-age=31536000; includeSubDomains',
          ]),
        ]
      : []),
  ];
}
