import type { DocumentPath, Expression } from './expression';
import { OperandParser } from './operand-parser';

/** Parses a ProjectionExpression: paths with commas between them. */
export function parseProjection(text: string): Expression<readonly DocumentPath[]> {
  const parser = new OperandParser(text, new Set());
  const paths = [parser.parsePath()];
  while (parser.tokens.accept(',')) paths.push(parser.parsePath());
  parser.tokens.expectEnd();
  parser.checkReservedWords();
  return { tree: paths, names: parser.names, values: parser.values };
}
