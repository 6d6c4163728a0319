import { type Expression, ExpressionFault, type FunctionCall, type Operand } from './expression';
import { OperandParser } from './operand-parser';

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A ConditionExpression, FilterExpression or KeyConditionExpression. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'comparison'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly candidates: readonly Operand[] }
  | FunctionCall;

/** A term of which it is not known yet whether it is an operand or a condition: both may stand in parentheses. */
interface Term {
  readonly node: Condition | Operand;
  readonly isParenthesized: boolean;
}

const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

const COMPARATORS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html */
const IN_OPERANDS_MAX = 100;

/**
 * Parses what does not depend on a request. Refusals come in the service's order: parentheses, functions, reserved
 * words.
 */
export function parseCondition(text: string): Expression<Condition> {
  const parser = new ConditionParser(text);
  const tree = parser.parse();
  return { tree, names: parser.names, values: parser.values };
}

class ConditionParser extends OperandParser {
  private hasRedundantParentheses = false;
  private firstMisusedFunction: string | undefined;

  constructor(text: string) {
    super(text, CONDITION_FUNCTIONS);
  }

  parse(): Condition {
    const condition = this.asCondition(this.parseOr());
    this.tokens.expectEnd();
    if (this.hasRedundantParentheses) throw new ExpressionFault('The expression has redundant parentheses;');
    this.checkFunctionNames();
    if (this.firstMisusedFunction !== undefined) {
      throw new ExpressionFault(
        `The function is not allowed to be used this way in an expression; function: ${this.firstMisusedFunction}`,
      );
    }
    this.checkReservedWords();
    return condition;
  }

  protected override parseArgument(): Operand {
    const operand = this.parseOperand();
    this.noteMisuse(operand);
    return operand;
  }

  private parseOr(): Term {
    let left = this.parseAnd();
    while (this.tokens.acceptKeyword('OR')) {
      left = bare({ kind: 'or', left: this.asCondition(left), right: this.asCondition(this.parseAnd()) });
    }
    return left;
  }

  private parseAnd(): Term {
    let left = this.parseNot();
    while (this.tokens.acceptKeyword('AND')) {
      left = bare({ kind: 'and', left: this.asCondition(left), right: this.asCondition(this.parseNot()) });
    }
    return left;
  }

  private parseNot(): Term {
    if (!this.tokens.atKeyword('NOT') || this.tokens.nextIs('.')) return this.parsePredicate();
    this.tokens.advance();
    return bare({ kind: 'not', operand: this.asCondition(this.parseNot()) });
  }

  private parsePredicate(): Term {
    const term = this.parseTerm();
    const { kind, text } = this.tokens.current;
    if (kind === 'symbol' && COMPARATORS.has(text)) {
      const left = this.asOperand(term);
      this.tokens.advance();
      const right = this.parseComparand();
      return bare({ kind: 'comparison', comparator: text as Comparator, left, right });
    }
    if (this.tokens.atKeyword('BETWEEN')) {
      const operand = this.asOperand(term);
      this.tokens.advance();
      const low = this.parseComparand();
      if (!this.tokens.acceptKeyword('AND')) throw this.tokens.unexpected();
      return bare({ kind: 'between', operand, low, high: this.parseComparand() });
    }
    if (this.tokens.atKeyword('IN')) {
      const operand = this.asOperand(term);
      this.tokens.advance();
      return bare({ kind: 'in', operand, candidates: this.parseCandidates() });
    }
    return term;
  }

  private parseCandidates(): readonly Operand[] {
    this.tokens.expect('(');
    const candidates = [this.parseComparand()];
    while (this.tokens.accept(',')) candidates.push(this.parseComparand());
    this.tokens.expect(')');
    if (candidates.length > IN_OPERANDS_MAX) {
      throw new ExpressionFault(
        `Invalid number of operands for operator or function; operator or function: IN, ` +
          `number of operands: ${candidates.length + 1}`,
      );
    }
    return candidates;
  }

  private parseTerm(): Term {
    if (!this.tokens.accept('(')) return bare(this.parseSimpleOperand());
    const inner = this.parseOr();
    this.tokens.expect(')');
    if (inner.isParenthesized) this.hasRedundantParentheses = true;
    return { node: inner.node, isParenthesized: true };
  }

  private parseComparand(): Operand {
    const operand = this.parseOperand();
    this.noteMisuse(operand);
    return operand;
  }

  private parseOperand(): Operand {
    const term = this.parseTerm();
    if (!isOperand(term.node)) throw this.tokens.unexpected();
    return term.node;
  }

  private asOperand(term: Term): Operand {
    if (!isOperand(term.node)) throw this.tokens.unexpected();
    this.noteMisuse(term.node);
    return term.node;
  }

  private asCondition({ node }: Term): Condition {
    if (node.kind === 'path' || node.kind === 'value') throw this.tokens.unexpected();
    if (node.kind === 'function' && node.name === 'size') this.firstMisusedFunction ??= node.name;
    return node;
  }

  /** Within a comparison, `size` is the only function that yields something to compare. */
  private noteMisuse(operand: Operand): void {
    if (operand.kind === 'function' && operand.name !== 'size') this.firstMisusedFunction ??= operand.name;
  }
}

function bare(node: Condition | Operand): Term {
  return { node, isParenthesized: false };
}

function isOperand(node: Condition | Operand): node is Operand {
  return node.kind === 'path' || node.kind === 'value' || node.kind === 'function';
}
