import { createHash } from 'node:crypto';
import { cellOf, isVisible, visibleFields } from '@/simulator/data/org-data';
import type { FieldDefinition } from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import { empty, json, restError } from '@/simulator/http/respond';
import { describeBriefly, describeFully } from '@/simulator/rest/describe';
import { notFound, type Resource } from '@/simulator/rest/service';
import { id18 } from '@/simulator/seed/ids';
import type { SimRequest, SimResponse, SimSession } from '@/simulator/types';

/** When the metadata of the demo orgs last changed. */
const METADATA_CHANGED = Date.UTC(2026, 4, 6, 9, 49, 20);

/**
 * 200 with `ETag` and `Last-Modified`, or 304 when the caller has it. Behind compression the tag ends in
 * `--gzip`; both forms match. `If-None-Match` wins over `If-Modified-Since` (RFC 9110 §13.2.2).
 */
function conditional(request: SimRequest, value: unknown, etag: string, changed: number): SimResponse {
  const headers = { ETag: etag, 'Last-Modified': new Date(changed).toUTCString() };
  const match = request.headers['if-none-match'];
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  const known =
    match === undefined
      ? Number.isFinite(since) && since >= Math.floor(changed / 1000) * 1000
      : match.split(',').some((tag) => tag.trim().replace('--gzip"', '"') === etag);
  return known ? empty(304, headers) : json(200, value, headers);
}

function tagOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

function describeAnswer(request: SimRequest, value: unknown): SimResponse {
  return conditional(request, value, `"${tagOf(value)}"`, METADATA_CHANGED);
}

/** `/sobjects` */
export const describeGlobal: Resource = (request, { user }, { data }, root) => {
  const sobjects = data.tablesOf(user).map((table) => describeBriefly(table, root));
  return describeAnswer(request, { encoding: 'UTF-8', maxBatchSize: 200, sobjects });
};

/** `/sobjects/X` */
export const describeBasic: Resource = (request, { user }, { data }, root) => {
  const table = data.table(request.params.sobject ?? '', user);
  if (!table) return notFound();
  return json(200, { objectDescribe: describeBriefly(table, root), recentItems: [] });
};

/** `/sobjects/X/describe` */
export const describe: Resource = (request, { user }, { org, data }, root) => {
  const table = data.table(request.params.sobject ?? '', user);
  return table ? describeAnswer(request, describeFully(org, user, table, root)) : notFound();
};

function askedFields(request: SimRequest, { user }: SimSession, table: Table): FieldDefinition[] | string {
  const asked = request.query.get('fields');
  if (asked === null) return visibleFields(user, table);
  const fields: FieldDefinition[] = [];
  for (const name of asked.split(',')) {
    const field = table.field(name.trim());
    if (!field || !isVisible(user, table.definition.name, field)) return name.trim();
    fields.push(field);
  }
  return fields;
}

/** `/sobjects/X/<id>`, with `?fields=A,B`. */
export const readRecord: Resource = (request, session, { data, written: writes }, root) => {
  const table = data.table(request.params.sobject ?? '', session.user);
  const asked = request.params.id ?? '';
  const row = table?.ids.rowOf(asked) ?? -1;
  const written = writes.get(asked);
  if (written?.isDeleted) return restError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  if (!table || (row < 0 && !asked.startsWith(table.definition.keyPrefix)) || (row < 0 && !written)) {
    return notFound();
  }
  const fields = askedFields(request, session, table);
  if (typeof fields === 'string') {
    const message = `No such column '${fields}' on sobject of type ${table.definition.name}`;
    return restError(400, 'INVALID_FIELD', message);
  }
  const record = {
    attributes: {
      type: table.definition.name,
      url: `${root}/sobjects/${table.definition.name}/${id18(asked)}`,
    },
    ...Object.fromEntries(
      fields.map((field) => [
        field.name,
        written && field.name in written.cells
          ? written.cells[field.name]
          : row < 0
            ? null
            : cellOf(table, field, row),
      ]),
    ),
    Id: id18(asked),
  };
  const modified = row < 0 ? null : table.field('LastModifiedDate');
  const generated = Date.parse(String(modified ? table.column(modified)(row) : '').replace('+0000', 'Z'));
  const changed = written?.changedAt ?? generated;
  const etag = `"${Buffer.from(tagOf(record)).toString('base64')}"`;
  return conditional(request, record, etag, changed);
};
