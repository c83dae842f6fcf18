import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ACCESS_KEY, type Access } from '../../api/common/caller';

/** One route as the application serves it. */
export interface Route {
  readonly method: string;
  /** As OpenAPI writes it: `/v1/profiles/{profileId}`. */
  readonly path: string;
  /** Undefined: it forgot to say, so nobody may call it. */
  readonly access: Access | undefined;
}

/** Every route of every controller, from Nest's own metadata: none can be left out. */
export function routesOf(app: NestExpressApplication): Route[] {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    if (!metatype) return [];
    const prototype = metatype.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (name === 'constructor' || typeof handler !== 'function') return [];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const access = reflector.getAllAndOverride<Access | undefined>(ACCESS_KEY, [
        handler,
        metatype,
      ] as never);
      const parts = [
        Reflect.getMetadata(PATH_METADATA, metatype),
        Reflect.getMetadata(PATH_METADATA, handler),
      ];
      return [{ method: RequestMethod[method], path: joined(parts.map(String)), access }];
    });
  });
}

function joined(parts: readonly string[]): string {
  const names = parts.flatMap((part) => part.split('/')).filter((name) => name !== '');
  return `/${names.map((name) => name.replace(/^:(.*)$/, '{$1}')).join('/')}`;
}

/** The parts of a route's documentation that wrong input is made from. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
}
export interface Operation {
  readonly summary?: string;
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}
export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export function operationOf(document: OpenApi, { method, path }: Route): Operation {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} is not documented`);
  return operation;
}

/** The schema of a route's JSON body; undefined when it takes none. */
export function bodySchema(document: OpenApi, route: Route): Schema | undefined {
  const schema = operationOf(document, route).requestBody?.content['application/json']?.schema;
  return schema && resolved(document, schema);
}

export function resolved(document: OpenApi, schema: Schema): Schema {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference === undefined) return schema;
  const name = reference.split('/').at(-1) ?? '';
  const found = document.components.schemas[name];
  if (!found) throw new Error(`there is no schema ${name}`);
  return found;
}
