import { AwsFault } from '../aws-service';
import type { AlarmState } from './alarm-evaluation';

/** The condition of a composite alarm. */
export interface AlarmRuleExpression {
  /** The alarms it names, each once, as names. */
  readonly alarmNames: readonly string[];
  holds(stateOf: (alarmName: string) => AlarmState): boolean;
}

type Node = (stateOf: (alarmName: string) => AlarmState) => boolean;

const STATE_FUNCTIONS = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const;
const TOKEN = /\s*(?:([A-Z_]+\b(?=\s*\())\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^\s()"]+))\s*\)|([A-Z]+\b)|([()]))/y;

/**
 * Reads an expression such as `ALARM("queue-age") AND NOT (OK(errors) OR FALSE)`. NOT binds tightest, then AND, then OR.
 * Alarms may be given by ARN; they are of the same region, as composite alarms are regional.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html, AlarmRule
 * @throws AwsFault for an expression that CloudWatch would not accept
 */
export function parseAlarmRule(text: string): AlarmRuleExpression {
  const parser = new Parser(text);
  const node = parser.parse();
  return { alarmNames: [...parser.alarmNames], holds: node };
}

type Token =
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarmName: string }
  | { readonly kind: 'word' | 'parenthesis'; readonly text: string };

/** Recursive descent over the tokens of one expression. */
class Parser {
  readonly alarmNames = new Set<string>();
  private readonly tokens: Token[] = [];
  private position = 0;

  constructor(private readonly text: string) {
    const pattern = new RegExp(TOKEN);
    while (text.slice(pattern.lastIndex).trim() !== '') {
      const match = pattern.exec(text);
      if (match === null) throw this.invalid();
      this.tokens.push(this.tokenOf(match));
    }
  }

  parse(): Node {
    const node = this.or();
    if (this.position < this.tokens.length) throw this.invalid();
    return node;
  }

  private tokenOf([, name, quoted, bare, word, parenthesis]: RegExpExecArray): Token {
    const state = STATE_FUNCTIONS.find((candidate) => candidate === name);
    if (state !== undefined) {
      const alarm = (quoted?.replaceAll(/\\(.)/g, '$1') ?? bare!).replace(
        /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/,
        '',
      );
      this.alarmNames.add(alarm);
      return { kind: 'state', state, alarmName: alarm };
    }
    if (word !== undefined) return { kind: 'word', text: word };
    if (parenthesis !== undefined) return { kind: 'parenthesis', text: parenthesis };
    throw this.invalid();
  }

  private or(): Node {
    let left = this.and();
    while (this.takes('word', 'OR')) left = either(left, this.and());
    return left;
  }

  private and(): Node {
    let left = this.not();
    while (this.takes('word', 'AND')) left = both(left, this.not());
    return left;
  }

  private not(): Node {
    if (this.takes('word', 'NOT')) {
      const operand = this.not();
      return (stateOf) => !operand(stateOf);
    }
    if (this.takes('word', 'TRUE')) return () => true;
    if (this.takes('word', 'FALSE')) return () => false;
    if (this.takes('parenthesis', '(')) {
      const inner = this.or();
      if (!this.takes('parenthesis', ')')) throw this.invalid();
      return inner;
    }
    const token = this.tokens[this.position++];
    if (token?.kind !== 'state') throw this.invalid();
    return (stateOf) => stateOf(token.alarmName) === token.state;
  }

  private takes(kind: 'word' | 'parenthesis', text: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== kind || token.text !== text) return false;
    this.position++;
    return true;
  }

  private invalid(): AwsFault {
    return new AwsFault(
      'ValidationError',
      `AlarmRule must combine ALARM(), OK() and INSUFFICIENT_DATA() by AND, OR and NOT, got ${JSON.stringify(this.text)}.`,
    );
  }
}

function either(left: Node, right: Node): Node {
  return (stateOf) => left(stateOf) || right(stateOf);
}

function both(left: Node, right: Node): Node {
  return (stateOf) => left(stateOf) && right(stateOf);
}
