import { NotModelled } from '../../kernel/errors';
import type { JwtAuthorizer } from './jwt-authorizer';

/** A route of an HTTP API, such as `GET /orders/{orderId}`. */
export interface Route {
  readonly routeKey: string;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'JWT';
  /** Given with authorization type JWT. */
  readonly authorizer?: Pick<JwtAuthorizer, 'decide'>;
  /** Of these scopes a token needs one. @default - none is asked for */
  readonly scopes?: readonly string[];
  readonly functionArn: string;
  readonly timeoutMs: number;
}

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * Finds the route for a request: literal segments win over parameters.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class RouteTable {
  private readonly routes: CompiledRoute[] = [];

  /** @throws NotModelled for `$default`, `ANY` and greedy parameters */
  add(route: Route): void {
    const [method = '', path = ''] = route.routeKey.split(' ');
    if (path === '' || method === 'ANY' || path.includes('+}')) {
      throw new NotModelled(`Route ${route.routeKey}`, 'Name a method and a path without greedy parameters.');
    }
    this.routes.push({ route, method, segments: path.split('/') });
    this.routes.sort((left, right) => parameterCount(left.segments) - parameterCount(right.segments));
  }

  has(routeKey: string): boolean {
    return this.routes.some(({ route }) => route.routeKey === routeKey);
  }

  match(method: string, path: string): RouteMatch | undefined {
    const segments = path.split('/');
    for (const candidate of this.routes) {
      if (candidate.method !== method || candidate.segments.length !== segments.length) continue;
      const pathParameters: Record<string, string> = {};
      const isMatch = candidate.segments.every((pattern, index) => {
        const segment = segments[index]!;
        if (!isParameter(pattern)) return pattern === segment;
        if (segment === '') return false;
        pathParameters[pattern.slice(1, -1)] = decodeURIComponent(segment);
        return true;
      });
      if (isMatch) return { route: candidate.route, pathParameters };
    }
    return undefined;
  }
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function parameterCount(segments: readonly string[]): number {
  return segments.filter(isParameter).length;
}
