import { type DocumentPath, type Expression, ExpressionFault, type Operand } from './expression';
import { OperandParser } from './operand-parser';

/** The right-hand side of a SET. */
export type SetValue =
  | Operand
  | { readonly kind: 'arithmetic'; readonly operator: '+' | '-'; readonly left: Operand; readonly right: Operand };

export type UpdateAction =
  | { readonly kind: 'SET'; readonly path: DocumentPath; readonly value: SetValue }
  | { readonly kind: 'REMOVE'; readonly path: DocumentPath }
  | { readonly kind: 'ADD' | 'DELETE'; readonly path: DocumentPath; readonly placeholder: string };

const UPDATE_FUNCTIONS: ReadonlySet<string> = new Set(['if_not_exists', 'list_append']);
const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** Parses what does not depend on a request. */
export function parseUpdate(text: string): Expression<readonly UpdateAction[]> {
  const parser = new UpdateParser(text);
  const tree = parser.parse();
  return { tree, names: parser.names, values: parser.values };
}

class UpdateParser extends OperandParser {
  private readonly actions: UpdateAction[] = [];

  constructor(text: string) {
    super(text, UPDATE_FUNCTIONS);
  }

  parse(): readonly UpdateAction[] {
    const seen = new Set<string>();
    let repeated: string | undefined;
    do {
      const section = SECTIONS.find((name) => this.tokens.acceptKeyword(name));
      if (section === undefined) throw this.tokens.unexpected();
      if (seen.has(section)) repeated ??= section;
      seen.add(section);
      do this.actions.push(this.parseAction(section));
      while (this.tokens.accept(','));
    } while (this.tokens.current.kind !== 'end');
    this.checkReservedWords();
    this.checkFunctionNames();
    if (repeated !== undefined) {
      throw new ExpressionFault(`The "${repeated}" section can only be used once in an update expression;`);
    }
    return this.actions;
  }

  private parseAction(kind: (typeof SECTIONS)[number]): UpdateAction {
    const path = this.parsePath();
    if (kind === 'REMOVE') return { kind, path };
    if (kind === 'SET') {
      this.tokens.expect('=');
      return { kind, path, value: this.parseSetValue() };
    }
    const { kind: tokenKind, text } = this.tokens.current;
    if (tokenKind !== 'valuePlaceholder') throw this.tokens.unexpected();
    this.tokens.advance();
    this.values.add(text);
    return { kind, path, placeholder: text };
  }

  /** Parentheses may stand around the whole value, not around an operand. */
  private parseSetValue(): SetValue {
    if (this.tokens.accept('(')) {
      const value = this.parseSetValue();
      this.tokens.expect(')');
      return value;
    }
    const left = this.parseSimpleOperand();
    const operator = this.tokens.accept('+') ? '+' : this.tokens.accept('-') ? '-' : undefined;
    if (operator === undefined) return left;
    return { kind: 'arithmetic', operator, left, right: this.parseSimpleOperand() };
  }
}
