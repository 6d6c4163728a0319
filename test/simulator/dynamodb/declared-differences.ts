import type { JsonObject } from '../../../simulator/services/aws-service';
import type { Outcome } from './attempt';
import type { Request } from './differential-requests';

export interface Experiment {
  readonly item: JsonObject | undefined;
  readonly request: Request;
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

/** A way in which dynalite is known to differ from the service. */
export interface DeclaredDifference {
  readonly reason: string;
  readonly source: string;
  /** Whether it explains an experiment in which the answers differ. As narrow as the request allows. */
  applies(experiment: Experiment): boolean;
}

const SUITE = 'https://github.com/paritysuite/dynamodb-conformance';

/** A comparison of two things of which neither is a value of the request. */
const WITHOUT_VALUE = /(?:[a-d\]]|\)) (?:=|<>|<|<=|>|>=) (?:#?[a-d]\b|size\()/;

export const DECLARED_DIFFERENCES: readonly DeclaredDifference[] = [
  {
    reason: 'dynalite orders values that have no order; the service refuses them.',
    source: `${SUITE}, tests/tier3/error-messages/queryKeyConditionOperands.test.ts`,
    applies: ({ request, ours }) => {
      const type = /operator or function: (?:[<>]=?|BETWEEN), operand type: (\w+)$/.exec(ours.message ?? '')?.[1];
      return type !== undefined && valuesOf(request).some((value) => type in value);
    },
  },
  {
    reason: 'dynalite holds two things that are not there for equal; to the service every such comparison is false.',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html',
    applies: (experiment) => WITHOUT_VALUE.test(conditionOf(experiment.request)) && disagreeOnTruth(experiment),
  },
  {
    reason: 'dynalite does not look into maps and lists when it compares or searches; the service does.',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html',
    applies: (experiment) =>
      /contains|IN \(|=|<>/.test(conditionOf(experiment.request)) &&
      /"[ML]":/.test(JSON.stringify([experiment.item, valuesOf(experiment.request)])) &&
      disagreeOnTruth(experiment),
  },
  {
    reason: "dynalite's grammar has no NOT after NOT; the service's has.",
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html',
    applies: ({ request, theirs }) =>
      conditionOf(request).includes('NOT NOT') && theirs.message?.includes('but "N" found') === true,
  },
];

/** The declared difference that explains the experiment, if any. */
export function differenceOf(experiment: Experiment): DeclaredDifference | undefined {
  return DECLARED_DIFFERENCES.find((difference) => difference.applies(experiment));
}

/** Both have evaluated the condition, and one holds it for true and the other for false. */
function disagreeOnTruth({ request, ours, theirs }: Experiment): boolean {
  const isInvalid = [ours, theirs].some(
    ({ fault }) => fault !== undefined && fault !== 'ConditionalCheckFailedException',
  );
  return !isInvalid && (request.operation === 'Scan' || ours.fault !== theirs.fault);
}

function conditionOf({ input }: Request): string {
  return String(input.ConditionExpression ?? input.FilterExpression ?? '');
}

function valuesOf({ input }: Request): readonly JsonObject[] {
  return Object.values((input.ExpressionAttributeValues ?? {}) as JsonObject) as JsonObject[];
}
