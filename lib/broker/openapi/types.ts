import type { Problem } from '@/lib/errors';

export type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';
export type JsonSchema = Record<string, unknown>;
export type ProblemCode = Problem['code'];

export interface ApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
  example?: string;
  /** Of an object: each of its members is a parameter of its own. */
  style?: 'form';
  explode?: true;
}

export interface ApiContent {
  /** Name below `components/schemas`; null: bytes whose form is Salesforce's. */
  schema: string | null;
  example?: unknown;
}

export interface ApiAnswer {
  status: '200' | '201' | '204' | 'default';
  description: string;
  /** By media type. */
  content: Record<string, ApiContent>;
  /** Names below `components/headers`, beside those of every answer. */
  headers?: readonly string[];
}

/** One operation of the API, as the document and the reference page tell of it. */
export interface ApiOperation {
  operationId: string;
  tag: 'Connections' | 'Records' | 'Queries' | 'Salesforce' | 'Connect links' | 'About the API';
  method: Method;
  path: string;
  summary: string;
  description: string;
  parameters: readonly ApiParameter[];
  body: { required: boolean; content: Record<string, ApiContent> } | null;
  answers: readonly ApiAnswer[];
  /** Codes of the problems that it may be answered with. */
  problems: readonly ProblemCode[];
  /** `none`: for everybody. */
  key: 'required' | 'none';
  /** How its problems are written. */
  dialect: 'problem' | 'salesforce';
}

/** A member of a body or an answer; of an object within it with its name before it, such as `connections[].org.id`. */
export interface SchemaMember {
  name: string;
  type: string;
  required: boolean;
  description: string;
}

/** Operations that differ by their method only, as the reference page tells of them. */
export interface ReferenceOperation extends ApiOperation {
  methods: readonly Method[];
  curl: string;
  bodyMembers: readonly SchemaMember[];
  /** Of the first answer that has a schema. */
  answerMembers: readonly SchemaMember[];
  /** What a body may look like; empty: there is none. */
  bodyExample: string;
}

export interface ProblemMeaning {
  code: ProblemCode;
  status: number;
  meaning: string;
}
