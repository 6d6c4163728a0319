import { Cloud, type Assembly } from '../simulator';
import { bundle } from '../lib/constructs/bundle';

const REGION = 'us-east-1';
const TABLE_NAME = 'bench';
const PUT_ITEMS = 'bench/functions/put-items.ts';

/** An embedded cloud with nothing in it but a table and the bench's own functions: what is measured alone stands alone. */
export class BenchCloud {
  readonly cloud = new Cloud({ assembly: benchAssembly(), seed: 1 });
  readonly region = REGION;
  readonly tableName = TABLE_NAME;

  /**
   * Invokes the function and lets virtual time pass until it has answered.
   * @param together so many times at once, each in an execution environment of its own @default 1
   * @throws Error when one has not succeeded
   */
  async invoke(functionName: 'no-op' | 'put-items', event: unknown, together = 1): Promise<void> {
    const { kernel, lambda } = this.cloud;
    const outcomes = Array.from({ length: together }, () => 'no answer');
    kernel.after(0, () => {
      for (const ordinal of outcomes.keys()) {
        lambda.invoke(this.arnOf(functionName), event, (result) => {
          outcomes[ordinal] = result.kind === 'function-error' ? result.message : result.kind;
        });
      }
    });
    await kernel.runUntil(kernel.nowUs + 60_000_000);
    const failed = outcomes.find((outcome) => outcome !== 'success');
    if (failed !== undefined) throw new Error(`The bench's function ${functionName} ended with: ${failed}.`);
  }

  /** Throws the function's warm environments away. */
  discardEnvironments(functionName: 'no-op' | 'put-items'): void {
    this.cloud.lambda.function(this.arnOf(functionName)).discardIdle();
  }

  private arnOf(functionName: string): string {
    return `arn:aws:lambda:${REGION}:${this.cloud.accountId}:function:${functionName}`;
  }
}

function benchAssembly(): Assembly {
  const bundles = new Map([
    ['no-op', 'exports.handler = async () => null;'],
    ['put-items', bundle([PUT_ITEMS]).get(PUT_ITEMS)!],
  ]);
  const functions = [...bundles.keys()].map((name) => [
    name,
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: name,
        Code: { S3Bucket: 'assets', S3Key: name },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: 60,
        MemorySize: 512,
        Environment: { Variables: { TABLE_NAME } },
      },
    },
  ]);
  return {
    bundles,
    stacks: [
      {
        stackName: 'Bench',
        region: REGION,
        template: { Resources: { Table: TABLE, Role: ROLE, ...Object.fromEntries(functions) } },
      },
    ],
  };
}

const TABLE = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    TableName: TABLE_NAME,
    KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    Replicas: [{ Region: REGION }],
  },
};

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'bench',
    AssumeRolePolicyDocument: {},
    Policies: [
      {
        PolicyName: 'bench',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*' }] },
      },
    ],
  },
};
