import { AwsFault } from '../aws-service';

/** A metric math expression as a tree. */
export type MathNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly nodes: readonly MathNode[] }
  | { readonly kind: 'call'; readonly name: string; readonly nodes: readonly MathNode[] }
  | { readonly kind: 'operation'; readonly operator: string; readonly nodes: readonly [MathNode, MathNode] };

const TOKEN = /\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|"[^"]*"|'[^']*'|&&|\|\||[<>=!]=|[-+*/<>()[\],])/y;

/** From what binds loosest to what binds tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['<', '>', '<=', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];
const SYNONYMS: Readonly<Record<string, string>> = { '||': 'OR', '&&': 'AND' };

/** Words that stand where an id could. */
const KEYWORDS = new Set(['REPEAT', 'LINEAR']);

/** Recursive descent over one expression. */
export class MetricMathParser {
  /** The ids that the expression names. */
  readonly ids = new Set<string>();
  private readonly tokens: string[] = [];
  private position = 0;

  /** @throws AwsFault for characters that belong to no expression */
  constructor(private readonly expression: string) {
    const pattern = new RegExp(TOKEN);
    while (expression.slice(pattern.lastIndex).trim() !== '') {
      const match = pattern.exec(expression);
      if (match === null) throw this.invalid();
      this.tokens.push(match[1]!);
    }
  }

  /** @throws AwsFault for what is no expression */
  parse(): MathNode {
    const node = this.level(0);
    if (this.position < this.tokens.length) throw this.invalid();
    return node;
  }

  private level(depth: number): MathNode {
    const operators = LEVELS[depth];
    if (operators === undefined) return this.unary();
    let left = this.level(depth + 1);
    for (let token = this.tokens[this.position]; operators.includes(token ?? ''); token = this.tokens[this.position]) {
      this.position++;
      left = { kind: 'operation', operator: SYNONYMS[token!] ?? token!, nodes: [left, this.level(depth + 1)] };
    }
    return left;
  }

  private unary(): MathNode {
    if (!this.takes('-')) return this.primary();
    return { kind: 'operation', operator: '-', nodes: [{ kind: 'number', value: 0 }, this.unary()] };
  }

  private primary(): MathNode {
    const token = this.tokens[this.position++];
    if (token === undefined) throw this.invalid();
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (/^["']/.test(token)) return { kind: 'text', text: token.slice(1, -1) };
    if (token === '[') return { kind: 'list', nodes: this.nodesUntil(']') };
    if (token === '(') {
      const node = this.level(0);
      if (!this.takes(')')) throw this.invalid();
      return node;
    }
    if (!/^[A-Za-z_]/.test(token)) throw this.invalid();
    if (this.takes('(')) return { kind: 'call', name: token, nodes: this.nodesUntil(')') };
    if (!KEYWORDS.has(token)) this.ids.add(token);
    return { kind: 'id', id: token };
  }

  private nodesUntil(end: string): MathNode[] {
    const nodes: MathNode[] = [];
    while (!this.takes(end)) {
      if (nodes.length > 0 && !this.takes(',')) throw this.invalid();
      nodes.push(this.level(0));
    }
    return nodes;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  private invalid(): AwsFault {
    return new AwsFault(
      'ValidationError',
      `Error in expression ${JSON.stringify(this.expression)}: it cannot be read.`,
    );
  }
}
