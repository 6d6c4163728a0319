import type { RecordedCommand } from './recorded-commands';

/** A call of the AWS CLI as the API sees it. */
export interface AwsCall {
  readonly service: string;
  /** As the API names it, such as `PutItem`. */
  readonly operation: string;
  /** @default - the service has one endpoint for all regions */
  readonly region?: string;
  /** The parameters by their names in the API; values that are JSON are parsed. */
  readonly input: Readonly<Record<string, unknown>>;
}

interface KnownOperation {
  /** Options that the API asks for, without the dashes. */
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly isGlobal?: boolean;
}

const metricWindow = ['namespace', 'metric-name', 'start-time', 'end-time', 'period'];

/**
 * The operations that pages may call, with the options that they take
 * (https://docs.aws.amazon.com/cli/latest/reference/: one page an operation). What is not here has not been looked up.
 */
const KNOWN: Readonly<Record<string, KnownOperation>> = {
  'acm list-certificates': {},
  'ce get-cost-and-usage': {
    required: ['time-period', 'granularity', 'metrics'],
    optional: ['group-by', 'filter'],
    isGlobal: true,
  },
  'cloudwatch describe-alarms': { optional: ['alarm-names', 'alarm-name-prefix', 'state-value', 'alarm-types'] },
  'cloudwatch get-metric-statistics': { required: metricWindow, optional: ['dimensions', 'statistics'] },
  'cloudwatch put-metric-data': {
    required: ['namespace'],
    optional: ['metric-name', 'dimensions', 'value', 'timestamp'],
  },
  'dynamodb delete-item': { required: ['table-name', 'key'] },
  'dynamodb describe-limits': {},
  'dynamodb get-item': { required: ['table-name', 'key'], optional: ['consistent-read'] },
  'dynamodb put-item': { required: ['table-name', 'item'], optional: ['condition-expression'] },
  'dynamodb query': {
    required: ['table-name'],
    optional: ['key-condition-expression', 'expression-attribute-values', 'index-name'],
  },
  'dynamodb scan': { required: ['table-name'] },
  'lambda get-account-settings': {},
  'logs tail': { optional: ['since', 'follow', 'filter-pattern', 'format'] },
  'route53 list-health-checks': { isGlobal: true },
  'sqs cancel-message-move-task': { required: ['task-handle'] },
  'sqs get-queue-url': { required: ['queue-name'] },
  'sqs list-message-move-tasks': { required: ['source-arn'] },
  'sqs receive-message': { required: ['queue-url'], optional: ['visibility-timeout', 'max-number-of-messages'] },
  'sqs start-message-move-task': {
    required: ['source-arn'],
    optional: ['destination-arn', 'max-number-of-messages-per-second'],
  },
};

/** Options of every operation. */
const COMMON = ['region', 'query', 'output', 'profile'];
/** Operations that take an argument before their options. */
const WITH_ARGUMENT = new Set(['logs tail']);

/**
 * Understands a call of the AWS CLI.
 *
 * @throws Error for an operation that is not known, an option it does not take, one that is missing, or no region
 */
export function awsCall([, service = '', verb = '', ...rest]: RecordedCommand): AwsCall {
  const name = `${service} ${verb}`;
  const known = KNOWN[name];
  if (known === undefined) throw new Error(`aws ${name} is not known. Known: ${Object.keys(KNOWN).join(', ')}.`);
  const argument = WITH_ARGUMENT.has(name) ? rest.shift() : undefined;
  const options = optionsOf(name, rest);
  const { required = [], optional = [], isGlobal = false } = known;
  for (const option of options.keys()) {
    if (![...required, ...optional, ...COMMON].includes(option)) throw new Error(`aws ${name} takes no --${option}.`);
  }
  for (const option of [...required, ...(isGlobal ? [] : ['region'])]) {
    if (!options.has(option)) throw new Error(`aws ${name} needs --${option}.`);
  }
  const region = options.get('region');
  const input = Object.fromEntries(
    [...options]
      .filter(([option]) => !COMMON.includes(option))
      .map(([option, text]) => [pascal(option), valueOf(text)]),
  );
  return {
    service,
    operation: pascal(verb),
    ...(region === undefined ? {} : { region }),
    input: argument === undefined ? input : { ...input, Argument: argument },
  };
}

function optionsOf(name: string, words: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  let current: string | undefined;
  for (const word of words) {
    if (word.startsWith('--')) {
      current = word.slice(2);
      if (options.has(current)) throw new Error(`aws ${name} is given --${current} twice.`);
      options.set(current, '');
    } else if (current === undefined) throw new Error(`aws ${name} takes no argument "${word}".`);
    else options.set(current, `${options.get(current)!} ${word}`.trim());
  }
  return options;
}

const pascal = (words: string): string =>
  words.replace(/(^|-)([a-z])/g, (_, _dash: string, letter: string) => letter.toUpperCase());

/** @throws SyntaxError for what begins as JSON and is none */
function valueOf(text: string): unknown {
  if (/^[[{]/.test(text)) return JSON.parse(text) as unknown;
  return /^\d+$/.test(text) ? Number(text) : text;
}
