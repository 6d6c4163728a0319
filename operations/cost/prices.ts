/** What one unit costs, and where AWS says so. */
export interface Price {
  readonly dollars: number;
  /** So many units for that price. */
  readonly per: number;
  readonly unit: string;
  readonly source: string;
}

/** The day on which the list was last compared with its sources. */
export const PRICES_AS_OF = '2026-11-25';

/** The list is that of these regions, which have the same prices for everything in it. */
export const PRICED_REGIONS: readonly string[] = ['us-east-1', 'us-east-2', 'us-west-2'];

const MILLION = 1_000_000;
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const API_GATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const ROUTE53 = 'https://aws.amazon.com/route53/pricing/';
const SQS = 'https://aws.amazon.com/sqs/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const EC2 = 'https://aws.amazon.com/ec2/pricing/on-demand/';

const price = (dollars: number, per: number, unit: string, source: string): Price => ({ dollars, per, unit, source });

/**
 * List prices in US dollars, first tier, without any free tier. Everything `tandem cost` multiplies stands here.
 *
 * Replicated writes of global tables cost what writes cost, and updates of an index are plain writes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html). Encryption with keys that
 * AWS owns, IAM, certificates of ACM, CloudFormation and schedules of EventBridge's default bus cost nothing.
 */
export const PRICES = {
  lambdaRequest: price(0.2, MILLION, 'requests', LAMBDA),
  lambdaGigabyteSecondArm: price(0.0000133334, 1, 'GB-s', LAMBDA),
  lambdaGigabyteSecondX86: price(0.0000166667, 1, 'GB-s', LAMBDA),
  httpApiRequest: price(1, MILLION, 'requests', API_GATEWAY),
  dynamoDbWrite: price(0.625, MILLION, 'write units', DYNAMODB),
  dynamoDbRead: price(0.125, MILLION, 'read units', DYNAMODB),
  dynamoDbStorage: price(0.25, 1, 'GB-months', DYNAMODB),
  dynamoDbPointInTimeRecovery: price(0.2, 1, 'GB-months', DYNAMODB),
  customMetric: price(0.3, 1, 'metrics', CLOUDWATCH),
  alarmMetric: price(0.1, 1, 'alarm metrics', CLOUDWATCH),
  highResolutionAlarmMetric: price(0.3, 1, 'alarm metrics', CLOUDWATCH),
  compositeAlarm: price(0.5, 1, 'alarms', CLOUDWATCH),
  dashboard: price(3, 1, 'dashboards', CLOUDWATCH),
  logIngestion: price(0.5, 1, 'GB', CLOUDWATCH),
  logStorage: price(0.03, 1, 'GB-months', CLOUDWATCH),
  hostedZone: price(0.5, 1, 'zones', ROUTE53),
  dnsQuery: price(0.4, MILLION, 'queries', ROUTE53),
  latencyDnsQuery: price(0.6, MILLION, 'queries', ROUTE53),
  healthCheckOfAws: price(0.5, 1, 'checks', ROUTE53),
  healthCheckOfOthers: price(0.75, 1, 'checks', ROUTE53),
  /** HTTPS, a search string, a ten-second interval and latency measurement are one feature each. */
  healthCheckFeatureOfAws: price(1, 1, 'features', ROUTE53),
  healthCheckFeatureOfOthers: price(2, 1, 'features', ROUTE53),
  sqsRequest: price(0.4, MILLION, 'requests', SQS),
  snsEmail: price(2, 100_000, 'e-mails', SNS),
  s3Storage: price(0.023, 1, 'GB-months', S3),
  transferToInternet: price(0.09, 1, 'GB', EC2),
  transferToRegion: price(0.02, 1, 'GB', EC2),
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;
