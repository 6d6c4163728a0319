import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { CUSTOMER_ID_SCHEMA } from '../../blueprint/customer-plans';
import { callerNameOf, isTrusted } from '../../blueprint/trusted-callers';
import { requiredEnv } from './environment';
import { Problem } from './problem';

/** Who asks, as far as API Gateway has made sure of it. A request's own words about it count for nothing. */
export interface Caller {
  /** Whose orders they are when the request does not say. @default - it must say, a back end acts for many */
  readonly customerId?: string;
  mayActFor(customerId: string): boolean;
}

/** What API Gateway hands over: of a signed request the identity, of a token its verified claims. */
interface Authorizer {
  readonly iam?: { readonly userArn?: string };
  readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> };
}

/**
 * The caller of a request: under `IDENTITY=jwt` the customer that is the token's `sub`, under `iam` a trusted back end
 * with the customers it may act for.
 * @throws Problem forbidden when API Gateway says nothing of the kind: a route without its authorizer serves nobody
 */
export function callerOf(event: APIGatewayProxyEventV2): Caller {
  const { authorizer } = event.requestContext as { authorizer?: Authorizer };
  return requiredEnv('IDENTITY') === 'jwt' ? customer(authorizer) : backEnd(authorizer);
}

function customer(authorizer: Authorizer | undefined): Caller {
  const { success, data: customerId } = CUSTOMER_ID_SCHEMA.safeParse(authorizer?.jwt?.claims?.['sub']);
  if (!success) throw new Problem('forbidden', "The token's subject is no customer.");
  return { customerId, mayActFor: (other) => other === customerId };
}

function backEnd(authorizer: Authorizer | undefined): Caller {
  const name = callerNameOf(authorizer?.iam?.userArn ?? '');
  if (name === undefined) throw new Problem('forbidden', 'The caller is neither a role nor a user.');
  const trusted = requiredEnv('TRUSTED_CALLERS');
  return { mayActFor: (customerId) => isTrusted(trusted, name, customerId) };
}
