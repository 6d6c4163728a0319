import { createHash } from 'node:crypto';
import { SimulatorDefect } from '../../kernel/errors';
import type { Kernel } from '../../kernel/kernel';
import type { JsonObject } from '../aws-service';
import { parsePolicyStatement, statementMatches, type PolicyStatement } from './policy-statement';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A call that an identity was not allowed to make. */
export interface AccessDenial {
  readonly timeUs: number;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/** A call that an identity has made and was allowed to. */
export type AllowedCall = Omit<AccessDenial, 'timeUs'>;

type AllowedPair = Pick<AccessDenial, 'action' | 'resource'>;

/** What an identity may do, and whether it has done it. */
export interface Grant extends AllowedCall {
  readonly isUsed: boolean;
}

/**
 * Identities, their credentials and their policies. Every call of every service is checked here, as IAM does it: an
 * explicit deny wins, then any allow, and without one the call is denied.
 */
export class Iam {
  /** Every denied call in order. A deployment with its grants in order has none. */
  readonly denials: AccessDenial[] = [];
  private readonly statements = new Map<string, PolicyStatement[]>();
  private readonly principals = new Map<string, string>();
  private readonly secrets = new Map<string, string>();
  private readonly decisions = new Map<string, boolean>();
  private readonly allowed = new Map<string, AllowedCall>();

  constructor(private readonly kernel: Kernel) {}

  /** Makes a role or another identity known, so that it can hold credentials. */
  addPrincipal(arn: string): void {
    if (!this.statements.has(arn)) this.statements.set(arn, []);
  }

  /**
   * The session under which a service acts in the name of a role, such as a function: denials then name both.
   * @returns the session's ARN, an identity with the role's policies
   */
  assumeRole(roleArn: string, sessionName: string): string {
    const statements = this.statements.get(roleArn);
    if (statements === undefined) throw new SimulatorDefect(`There is no role ${roleArn} to assume.`);
    const session = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`;
    this.statements.set(session, statements);
    return session;
  }

  attachPolicy(principal: string, document: JsonObject): void {
    const held = this.statements.get(principal);
    if (held === undefined) throw new SimulatorDefect(`A policy is attached to the unknown identity ${principal}.`);
    const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
    for (const statement of statements) held.push(parsePolicyStatement(statement as JsonObject));
    this.decisions.clear();
  }

  /** The credentials under which the identity calls. They are the same in every run. */
  credentialsOf(principal: string): Credentials {
    if (!this.statements.has(principal)) throw new SimulatorDefect(`${principal} is not a known identity.`);
    const digest = createHash('sha256').update(principal).digest('hex').toUpperCase();
    const accessKeyId = `ASIA${digest.slice(0, 16)}`;
    this.principals.set(accessKeyId, principal);
    this.secrets.set(accessKeyId, digest.slice(16, 56));
    return { accessKeyId, secretAccessKey: digest.slice(16, 56), sessionToken: `session-${digest.slice(56)}` };
  }

  principalOf(accessKeyId: string): string | undefined {
    return this.principals.get(accessKeyId);
  }

  secretOf(accessKeyId: string): string | undefined {
    return this.secrets.get(accessKeyId);
  }

  /** Decides one call, and notes it when it is denied. */
  authorize(principal: string, action: string, resource: string): boolean {
    const key = `${principal}|${action}|${resource}`;
    let isAllowed = this.decisions.get(key);
    if (isAllowed === undefined) {
      isAllowed = this.decide(principal, action, resource);
      this.decisions.set(key, isAllowed);
      if (isAllowed) this.allowed.set(key, { principal, action, resource });
    }
    if (!isAllowed) {
      this.denials.push({ timeUs: this.kernel.nowUs, principal, action, resource });
      this.kernel.record('iam', 'denied', key);
    }
    return isAllowed;
  }

  /** Each call that was allowed, once, in the order in which they were first made. */
  allowedCalls(): readonly AllowedCall[] {
    return [...this.allowed.values()];
  }

  /**
   * Each action on each resource that an identity may call, and whether any call so far was one of them. A wildcard counts as
   * used when one thing that it covers was.
   */
  grants(): readonly Grant[] {
    const calls = this.allowedCalls();
    return [...this.statements].flatMap(([principal, statements]) => {
      const own = calls.filter((call) => call.principal === principal);
      return statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ source }) => pairsOf(source))
        .map(({ action, resource }): Grant => {
          const pair = parsePolicyStatement({ Effect: 'Allow', Action: action, Resource: resource });
          const isUsed = own.some((call) => statementMatches(pair, call.action, call.resource));
          return { principal, action, resource, isUsed };
        });
    });
  }

  private decide(principal: string, action: string, resource: string): boolean {
    const matching = (this.statements.get(principal) ?? []).filter((statement) =>
      statementMatches(statement, action, resource),
    );
    return matching.length > 0 && matching.every((statement) => statement.effect === 'Allow');
  }
}

function pairsOf({ Action, Resource }: JsonObject): AllowedPair[] {
  const strings = (value: JsonObject[string] | undefined): string[] => [value].flat().map(String);
  return strings(Action).flatMap((action) => strings(Resource).map((resource) => ({ action, resource })));
}

/** The sentence AWS answers a denied call with. */
export function denialMessage(principal: string, action: string, resource: string): string {
  return `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}
