import { expressionSyntaxFault } from './expression';

export type TokenKind = 'name' | 'namePlaceholder' | 'valuePlaceholder' | 'integer' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const TOKEN_PATTERN =
  /[ \t\r\n]*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<=|>=|<>|[=<>()[\],.+-]))/y;

const KINDS: readonly TokenKind[] = ['name', 'namePlaceholder', 'valuePlaceholder', 'integer', 'symbol'];

const END: Token = { kind: 'end', text: '<EOF>' };

/**
 * Cuts an expression into tokens, with an end marker last.
 * @throws ValidationException on a character that begins no token
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN_PATTERN);
  const length = text.trimEnd().length;
  while (pattern.lastIndex < length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const rest = text.slice(start).trimStart();
      throw expressionSyntaxFault(rest.slice(0, 1), rest.slice(0, 10));
    }
    const group = match.findIndex((part, index) => index > 0 && part !== undefined);
    tokens.push({ kind: KINDS[group - 1]!, text: match[group]! });
  }
  tokens.push(END);
  return tokens;
}

/** Steps through the tokens of one expression. */
export class TokenStream {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  get current(): Token {
    return this.tokens[this.position]!;
  }

  advance(): Token {
    return this.tokens[this.position++]!;
  }

  /** Whether the present token is this symbol. */
  at(symbol: string): boolean {
    return this.current.kind === 'symbol' && this.current.text === symbol;
  }

  /** Whether the present token is this keyword, in any case. */
  atKeyword(keyword: string): boolean {
    return this.current.kind === 'name' && this.current.text.toUpperCase() === keyword;
  }

  /** Steps over the symbol if it is there. */
  accept(symbol: string): boolean {
    const isThere = this.at(symbol);
    if (isThere) this.position++;
    return isThere;
  }

  acceptKeyword(keyword: string): boolean {
    const isThere = this.atKeyword(keyword);
    if (isThere) this.position++;
    return isThere;
  }

  expect(symbol: string): void {
    if (!this.accept(symbol)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.current.kind !== 'end') throw this.unexpected();
  }

  /** Whether the token after the present one is this symbol. */
  nextIs(symbol: string): boolean {
    const next = this.tokens[this.position + 1];
    return next?.kind === 'symbol' && next.text === symbol;
  }

  /** The fault that the service answers at the present token: it shows the token with its neighbours. */
  unexpected(): Error {
    const near = this.tokens.slice(Math.max(0, this.position - 1), this.position + 2);
    const shown = near.filter((token) => token.kind !== 'end').map((token) => token.text);
    return expressionSyntaxFault(this.current.text, shown.join(' '));
  }
}
