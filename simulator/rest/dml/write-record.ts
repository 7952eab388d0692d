import { isVisible } from '@/simulator/data/org-data';
import { type CellValue, has } from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import { empty, json, restError } from '@/simulator/http/respond';
import { jsonBodyOf } from '@/simulator/rest/json-body';
import { type DataService, notFound, type Resource } from '@/simulator/rest/service';
import type { SimRequest, SimResponse, SimSession } from '@/simulator/types';

type Cells = Record<string, CellValue>;

/** `POST /sobjects/X` */
export const createRecord: Resource = (request, session, service, root) => {
  const table = service.data.table(request.params.sobject ?? '', session.user);
  if (!table) return notFound();
  const read = cellsOf(request, session, table, 'createable');
  if ('refused' in read) return read.refused;
  const name = table.field('Name');
  const isRequired = name !== null && has(name, 'createable') && !has(name, 'nillable');
  if (isRequired && !read.cells.Name && table.definition.name !== 'Contact') {
    return restError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']);
  }
  return created(service, table, read.cells, root);
};

/** `PATCH /sobjects/X/<id>` */
export const updateRecord: Resource = (request, session, service) => {
  const table = service.data.table(request.params.sobject ?? '', session.user);
  const record = table && service.written.open(table, request.params.id ?? '');
  if (!table || !record) return notFound();
  if (record.isDeleted) return restError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  const since = Date.parse(request.headers['if-unmodified-since'] ?? '');
  if (Number.isFinite(since) && (record.changedAt ?? 0) > since + 999) {
    return restError(412, 'PRECONDITION_FAILED', 'The record was changed since.');
  }
  const read = cellsOf(request, session, table, 'updateable');
  if ('refused' in read) return read.refused;
  Object.assign(record.cells, read.cells);
  record.changedAt = service.org.clock.now();
  return empty(204);
};

/** `DELETE /sobjects/X/<id>` */
export const deleteRecord: Resource = (request, { user }, service) => {
  const table = service.data.table(request.params.sobject ?? '', user);
  const record = table && service.written.open(table, request.params.id ?? '');
  if (!record) return notFound();
  if (record.isDeleted) return restError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  record.isDeleted = true;
  return empty(204);
};

/** `PATCH /sobjects/X/<external id field>/<value>` */
export const upsertRecord: Resource = (request, session, service, root) => {
  const table = service.data.table(request.params.sobject ?? '', session.user);
  if (!table) return notFound();
  const { field: asked = '', value = '' } = request.params;
  const field = table.field(asked);
  if (!field || !has(field, 'externalId') || !isVisible(session.user, table.definition.name, field)) {
    const message = `Provided external ID field does not exist or is not accessible: ${asked}`;
    return restError(404, 'NOT_FOUND', message);
  }
  const read = cellsOf(request, session, table, 'createable');
  if ('refused' in read) return read.refused;
  const id = service.written.find(table, field.name, value);
  const record = id === null ? null : service.written.get(id);
  if (id === null || !record) return created(service, table, { ...read.cells, [field.name]: value }, root);
  Object.assign(record.cells, read.cells);
  record.changedAt = service.org.clock.now();
  return json(200, { id, success: true, errors: [], created: false });
};

function created({ written, org }: DataService, table: Table, cells: Cells, root: string): SimResponse {
  const id = written.create(table, cells, org.clock.now());
  const headers = { Location: `${root}/sobjects/${table.definition.name}/${id}` };
  return json(201, { id, success: true, errors: [], created: true }, headers);
}

/** The values of a body by field name, or Salesforce's refusal of one of them. */
function cellsOf(
  request: SimRequest,
  { user }: SimSession,
  table: Table,
  flag: 'createable' | 'updateable',
): { cells: Cells } | { refused: SimResponse } {
  const body = jsonBodyOf(request);
  if ('refused' in body) return body;
  const sobject = table.definition.name;
  const cells: Cells = {};
  for (const [name, value] of Object.entries(body.value)) {
    if (name === 'attributes') continue;
    const field = table.field(name);
    if (!field || !isVisible(user, sobject, field)) {
      const message = `No such column '${name}' on sobject of type ${sobject}`;
      return { refused: restError(400, 'INVALID_FIELD', message) };
    }
    if (!has(field, flag)) {
      const message = `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
      return { refused: restError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, [field.name]) };
    }
    cells[field.name] = value as CellValue;
  }
  return { cells };
}
