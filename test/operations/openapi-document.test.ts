import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS, PUBLIC_ROUTES } from '../../blueprint/order-api';
import { openApiDocument } from '../../operations';
import { plainTemplate, resourcesOf, synthesize } from '../lib/synthesis';

interface Document {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, object> }>>;
  readonly components: { readonly schemas: Record<string, object> };
}

const document = openApiDocument() as unknown as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ routeKey: `${method.toUpperCase()} ${path}`, operation })),
);

/** Every `$ref` in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : referencesIn(inner)));
}

describe('The OpenAPI document', () => {
  it('is the one in docs/: npm run -s tandem -- openapi > docs/openapi.json', () => {
    expect(JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8'))).toEqual(openApiDocument());
  });

  it('describes the routes that are deployed, and no others', () => {
    const service = plainTemplate(synthesize().primary);
    const deployed = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Route'))
      .map(({ Properties }) => Properties)
      .filter(({ AuthorizationType }) => AuthorizationType === 'AWS_IAM')
      .map(({ RouteKey }) => RouteKey as string);

    expect(operations.map(({ routeKey }) => routeKey).sort()).toEqual(deployed.sort());
  });

  it('lists every problem of ours, and what the edge answers itself', () => {
    for (const { routeKey, operation } of operations) {
      const route = PUBLIC_ROUTES.find(({ method, path }) => `${method} ${path}` === routeKey)!;
      for (const slug of route.problems) {
        expect(JSON.stringify(operation.responses[String(PROBLEMS[slug].status)])).toContain(slug);
      }
      expect(JSON.stringify(operation.responses['429'])).toContain('Too Many Requests');
    }
    expect(new Set(PUBLIC_ROUTES.flatMap(({ problems }) => problems))).toEqual(new Set(Object.keys(PROBLEMS)));
  });

  it('refers to schemas that are there', () => {
    const names = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
    const references = referencesIn(document.paths);

    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((reference) => !names.has(reference))).toEqual([]);
  });
});
