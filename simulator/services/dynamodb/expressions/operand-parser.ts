import type { DocumentPath, FunctionCall, Operand, PathStep } from './expression';
import { ExpressionFault } from './expression';
import { isReservedWord } from './reserved-words';
import { TokenStream } from './tokenizer';

/**
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (expression parameters).
 */
const EXPRESSION_BYTES_MAX = 4096;

/** The part of the grammar that all expressions share: paths, values and function calls. */
export class OperandParser {
  readonly tokens: TokenStream;
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  /** Which functions the kind of expression knows; the first other one is a refusal. */
  private firstUnknownFunction: string | undefined;
  private firstReservedWord: string | undefined;

  constructor(
    text: string,
    private readonly functions: ReadonlySet<string>,
  ) {
    if (text === '') throw new ExpressionFault('The expression can not be empty;');
    const size = Buffer.byteLength(text);
    if (size > EXPRESSION_BYTES_MAX) {
      throw new ExpressionFault(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
    }
    this.tokens = new TokenStream(text);
  }

  parsePath(): DocumentPath {
    const path: PathStep[] = [this.parsePathName()];
    for (;;) {
      if (this.tokens.accept('.')) path.push(this.parsePathName());
      else if (this.tokens.accept('[')) path.push(this.parseIndex());
      else return path;
    }
  }

  /** A path, a value placeholder or a function call, without parentheses around it. */
  parseSimpleOperand(): Operand {
    const token = this.tokens.current;
    if (token.kind === 'valuePlaceholder') {
      this.tokens.advance();
      this.values.add(token.text);
      return { kind: 'value', placeholder: token.text };
    }
    if (token.kind === 'name' && this.tokens.nextIs('(')) return this.parseFunction();
    return { kind: 'path', path: this.parsePath() };
  }

  parseFunction(): FunctionCall {
    const name = this.tokens.advance().text;
    if (!this.functions.has(name)) this.firstUnknownFunction ??= name;
    this.tokens.expect('(');
    const args = [this.parseArgument()];
    while (this.tokens.accept(',')) args.push(this.parseArgument());
    this.tokens.expect(')');
    return { kind: 'function', name, args };
  }

  /** Set by the kind of expression: what may stand as an argument. */
  protected parseArgument(): Operand {
    return this.parseSimpleOperand();
  }

  checkFunctionNames(): void {
    if (this.firstUnknownFunction !== undefined) {
      throw new ExpressionFault(`Invalid function name; function: ${this.firstUnknownFunction}`);
    }
  }

  checkReservedWords(): void {
    if (this.firstReservedWord !== undefined) {
      throw new ExpressionFault(`Attribute name is a reserved keyword; reserved keyword: ${this.firstReservedWord}`);
    }
  }

  private parsePathName(): PathStep {
    const { kind, text } = this.tokens.current;
    if (kind === 'namePlaceholder') {
      this.tokens.advance();
      this.names.add(text);
      return { placeholder: text };
    }
    if (kind !== 'name') throw this.tokens.unexpected();
    this.tokens.advance();
    if (isReservedWord(text)) this.firstReservedWord ??= text;
    return { name: text };
  }

  private parseIndex(): PathStep {
    const { kind, text } = this.tokens.current;
    if (kind !== 'integer') throw this.tokens.unexpected();
    this.tokens.advance();
    this.tokens.expect(']');
    return { index: Number(text) };
  }
}
