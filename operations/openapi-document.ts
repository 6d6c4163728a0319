import * as z from 'zod/mini';
import {
  ACKNOWLEDGEMENT_SCHEMA,
  EDGE_ERROR_SCHEMA,
  EDGE_ERRORS,
  IDEMPOTENCY_KEY_SCHEMA,
  LIST_LIMIT,
  ORDER_ID_SCHEMA,
  ORDER_LIST_SCHEMA,
  ORDER_REQUEST_SCHEMA,
  ORDER_VIEW_SCHEMA,
  PATIENCE_SCHEMA,
  PROBLEM_SCHEMA,
  PROBLEMS,
  PUBLIC_ROUTES,
  type PublicRoute,
} from '../blueprint/order-api';

type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };
interface JsonDocument {
  readonly [name: string]: JsonValue;
}

const COMPONENTS = {
  OrderRequest: ORDER_REQUEST_SCHEMA,
  Acknowledgement: ACKNOWLEDGEMENT_SCHEMA,
  Order: ORDER_VIEW_SCHEMA,
  OrderList: ORDER_LIST_SCHEMA,
  Problem: PROBLEM_SCHEMA,
  EdgeError: EDGE_ERROR_SCHEMA,
} as const;

// OpenAPI 3.1 schemas are JSON Schema 2020-12, which is what is generated: the dialect need not be repeated in each.
function jsonSchema(schema: z.ZodMiniType): JsonDocument {
  const { $schema: _, ...rest } = z.toJSONSchema(schema) as Record<string, JsonValue>;
  return rest;
}

function reference(schema: z.ZodMiniType): JsonDocument {
  const name = Object.entries(COMPONENTS).find(([, known]) => known === schema)?.[0];
  if (name === undefined) throw new Error('A route answers with a schema that is no component: name it in COMPONENTS.');
  return { $ref: `#/components/schemas/${name}` };
}

const content = (mediaType: string, schema: z.ZodMiniType): JsonDocument => ({
  [mediaType]: { schema: reference(schema) },
});

const RETRY_AFTER: JsonDocument = {
  'retry-after': { description: 'Seconds after which a repeat is welcome.', schema: { type: 'integer' } },
};

/** One answer a status: a status both our code and the edge use says so, and lists both bodies. */
function failures(route: PublicRoute): JsonDocument {
  const statuses = new Set([
    ...route.problems.map((slug) => PROBLEMS[slug].status),
    ...EDGE_ERRORS.map(({ status }) => status),
  ]);
  return Object.fromEntries(
    [...statuses]
      .sort((left, right) => left - right)
      .map((status) => {
        const ours = route.problems.filter((slug) => PROBLEMS[slug].status === status);
        const edge = EDGE_ERRORS.filter((error) => error.status === status);
        const description = [
          ...ours.map((slug) => `${slug}: ${PROBLEMS[slug].title}`),
          ...edge.map(({ message, when }) => `From API Gateway, "${message}": ${when}`),
        ].join(' ');
        const answer = {
          description,
          ...(ours.some((slug) => slug === 'try-again' || slug === 'overloaded') ? { headers: RETRY_AFTER } : {}),
          content: {
            ...(ours.length > 0 ? content('application/problem+json', PROBLEM_SCHEMA) : {}),
            ...(edge.length > 0 ? content('application/json', EDGE_ERROR_SCHEMA) : {}),
          },
        };
        return [String(status), answer];
      }),
  );
}

/** What a schema cannot say of a parameter of the query string. */
const QUERY_TEXT: Readonly<Record<string, JsonDocument>> = {
  customerId: { description: 'Whose orders. Required of a back end that signs; with a token it is its subject.' },
  limit: { description: `The most orders in the answer, ${LIST_LIMIT.usual} where it is not given.` },
  cursor: { description: 'The `next` of the page before. It is good in either region.' },
};

function parameters(route: PublicRoute): JsonValue[] {
  const found: JsonValue[] = [];
  if (route.path.includes('{orderId}')) {
    found.push({ name: 'orderId', in: 'path', required: true, schema: jsonSchema(ORDER_ID_SCHEMA) });
  }
  for (const [name, schema] of Object.entries(route.query?.def.shape ?? {})) {
    found.push({ name, in: 'query', required: false, ...QUERY_TEXT[name], schema: jsonSchema(schema) });
  }
  if (route.request !== undefined) {
    const description = 'Yours, one for each order; the same in every repeat of it.';
    const schema = jsonSchema(IDEMPOTENCY_KEY_SCHEMA);
    found.push({ name: 'Idempotency-Key', in: 'header', required: true, description, schema });
    found.push({
      name: 'Tandem-Patience-Ms',
      in: 'header',
      required: false,
      description: 'For how many milliseconds you are interested. It may shorten the deadline, and never lengthens it.',
      schema: jsonSchema(PATIENCE_SCHEMA),
    });
  }
  return found;
}

function operation(route: PublicRoute): JsonDocument {
  const { success, request } = route;
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: parameters(route),
    ...(request === undefined
      ? {}
      : { requestBody: { required: true, content: content('application/json', request) } }),
    responses: {
      [String(success.status)]: {
        description: success.description,
        content: content('application/json', success.schema),
      },
      ...failures(route),
    },
  };
}

function paths(): JsonDocument {
  const found: Record<string, Record<string, JsonDocument>> = {};
  for (const route of PUBLIC_ROUTES) (found[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return found;
}

/**
 * The public interface as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), written from the schemas
 * the Lambdas validate with.
 */
export function openApiDocument(): JsonDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tandem orders',
      version: '1.0.0',
      description:
        'Two regions, one interface. Sign with AWS Signature Version 4 (service execute-api) for the region whose host DNS has answered; or, where an issuer is configured, send a token of it, whose subject is the customer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: 'https://{host}',
        description: 'The host that the CNAME of the service name gives, in either region.',
        variables: { host: { default: 'api-id.execute-api.us-east-1.amazonaws.com' } },
      },
    ],
    security: [{ sigV4: [] }, { token: [] }],
    paths: paths(),
    components: {
      securitySchemes: {
        sigV4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description: 'AWS Signature Version 4. It is valid in the one region it was signed for.',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Where an issuer is configured, in place of signatures. The customer is its subject.',
        },
      },
      schemas: Object.fromEntries(Object.entries(COMPONENTS).map(([name, schema]) => [name, jsonSchema(schema)])),
    },
  };
}
