import type { AttributeMap, AttributeValue } from '../attribute-value';
import { validationFault } from '../faults';

/** One step of a document path: an attribute's name, a placeholder for one (`#n`), or the index of a list element. */
export type PathStep = { readonly name: string } | { readonly placeholder: string } | { readonly index: number };

export type DocumentPath = readonly PathStep[];

/** What an expression compares or computes with. Functions are kept by name until the checks have seen them. */
export type Operand =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly placeholder: string }
  | FunctionCall;

export interface FunctionCall {
  readonly kind: 'function';
  readonly name: string;
  readonly args: readonly Operand[];
}

/** What the placeholders of a request's expressions stand for. */
export interface Bindings {
  readonly names: Readonly<Record<string, string>>;
  readonly values: AttributeMap;
}

/**
 * A parsed expression with the placeholders it uses. It is shared between requests, so it holds nothing of any request.
 */
export interface Expression<Tree> {
  readonly tree: Tree;
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

/**
 * A refusal inside an expression. The parameter's name is put before it by whoever knows which parameter it is.
 * The wording is the service's own.
 */
export class ExpressionFault extends Error {}

export function expressionSyntaxFault(token: string, near: string): ExpressionFault {
  return new ExpressionFault(`Syntax error; token: "${token}", near: "${near}"`);
}

/** Runs a step of parsing or checking an expression and names the parameter in its refusals. */
export function withinParameter<Result>(parameter: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (error instanceof ExpressionFault) throw validationFault(`Invalid ${parameter}: ${error.message}`);
    throw error;
  }
}

/** The attribute name of a step. @throws ExpressionFault for a placeholder that the request does not define */
export function nameOfStep(step: { name: string } | { placeholder: string }, bindings: Bindings): string {
  if ('name' in step) return step.name;
  const name = bindings.names[step.placeholder];
  if (name === undefined) {
    throw new ExpressionFault(
      `An expression attribute name used in the document path is not defined; attribute name: ${step.placeholder}`,
    );
  }
  return name;
}

/** The value of a placeholder. @throws ExpressionFault when the request does not define it */
export function valueOfPlaceholder(placeholder: string, bindings: Bindings): AttributeValue {
  const value = bindings.values[placeholder];
  if (value === undefined) {
    throw new ExpressionFault(
      `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
    );
  }
  return value;
}
