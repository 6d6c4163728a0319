/** What one unit costs, and where AWS says so. */
export interface Price {
  readonly dollars: number;
  /** So many units for that price. */
  readonly per: number;
  readonly unit: string;
  /** AWS's own page, whose tables are drawn by a script. */
  readonly source: string;
  /** A page that says the figure in its text. */
  readonly readAt: Reading;
}

export interface Reading {
  readonly url: string;
  /** The day of which the page speaks, as far as it says. */
  readonly of: string;
}

/** The day on which the list was last compared with the pages at which it was read. */
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

const ROUTE53_PLANS: Reading = {
  url: 'https://raw.githubusercontent.com/api-evangelist/amazon-route53-resolver/refs/heads/main/plans/amazon-route53-resolver-plans-pricing.yml',
  of: '2026-09-20',
};
const LAMBDA_PLANS: Reading = {
  url: 'https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml',
  of: '2026-09-20',
};
const LAMBDA_BLOG: Reading = { url: 'https://cloudchipr.com/blog/aws-lambda-pricing', of: '2024' };
/** From a worked example of AWS's. */
const API_GATEWAY_PLANS: Reading = {
  url: 'https://raw.githubusercontent.com/api-evangelist/amazon-web-services/refs/heads/main/plans/amazon-web-services-plans-pricing.yml',
  of: '2026-09-20',
};
const DYNAMODB_GUIDE: Reading = {
  url: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
  of: '2025-07-21',
};
const CLOUDWATCH_PLANS: Reading = {
  url: 'https://raw.githubusercontent.com/api-evangelist/cloudwatch/refs/heads/main/plans/cloudwatch-plans-pricing.yml',
  of: '2026-05-05',
};
const CLOUDWATCH_BLOG: Reading = {
  url: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  of: '2026-06-13',
};
const ALARM_GUIDE: Reading = { url: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm', of: 'undated' };
const TRANSFER_BLOG: Reading = {
  url: 'https://leanopstech.com/blog/aws-data-transfer-pricing-2026/',
  of: '2026-04-27',
};

const price = (dollars: number, per: number, unit: string, source: string, readAt: Reading): Price => ({
  dollars,
  per,
  unit,
  source,
  readAt,
});

/**
 * List prices in US dollars, first tier, without any free tier. Everything `tandem cost` multiplies stands here.
 *
 * Replicated writes of global tables cost what writes cost, and updates of an index are plain writes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html). Encryption with keys that
 * AWS owns, IAM, certificates of ACM, CloudFormation and schedules of EventBridge's default bus cost nothing.
 */
export const PRICES = {
  lambdaRequest: price(0.2, MILLION, 'requests', LAMBDA, LAMBDA_PLANS),
  lambdaGigabyteSecondArm: price(0.0000133334, 1, 'GB-s', LAMBDA, LAMBDA_BLOG),
  lambdaGigabyteSecondX86: price(0.0000166667, 1, 'GB-s', LAMBDA, LAMBDA_BLOG),
  httpApiRequest: price(1, MILLION, 'requests', API_GATEWAY, API_GATEWAY_PLANS),
  dynamoDbWrite: price(0.625, MILLION, 'write units', DYNAMODB, DYNAMODB_GUIDE),
  dynamoDbRead: price(0.125, MILLION, 'read units', DYNAMODB, DYNAMODB_GUIDE),
  dynamoDbStorage: price(0.25, 1, 'GB-months', DYNAMODB, {
    url: 'https://aws.amazon.com/dynamodb/pricing/',
    of: 'undated',
  }),
  dynamoDbPointInTimeRecovery: price(0.2, 1, 'GB-months', DYNAMODB, {
    url: 'https://finops.com.py/services/dynamodb/backups',
    of: 'undated',
  }),
  customMetric: price(0.3, 1, 'metrics', CLOUDWATCH, {
    url: 'https://signoz.io/guides/cloudwatch-pricing',
    of: '2026-02-15',
  }),
  alarmMetric: price(0.1, 1, 'alarm metrics', CLOUDWATCH, ALARM_GUIDE),
  highResolutionAlarmMetric: price(0.3, 1, 'alarm metrics', CLOUDWATCH, ALARM_GUIDE),
  compositeAlarm: price(0.5, 1, 'alarms', CLOUDWATCH, ALARM_GUIDE),
  dashboard: price(3, 1, 'dashboards', CLOUDWATCH, CLOUDWATCH_BLOG),
  logIngestion: price(0.5, 1, 'GB', CLOUDWATCH, CLOUDWATCH_BLOG),
  logStorage: price(0.03, 1, 'GB-months', CLOUDWATCH, CLOUDWATCH_PLANS),
  hostedZone: price(0.5, 1, 'zones', ROUTE53, ROUTE53_PLANS),
  dnsQuery: price(0.4, MILLION, 'queries', ROUTE53, ROUTE53_PLANS),
  latencyDnsQuery: price(0.6, MILLION, 'queries', ROUTE53, ROUTE53_PLANS),
  healthCheckOfAws: price(0.5, 1, 'checks', ROUTE53, ROUTE53_PLANS),
  healthCheckOfOthers: price(0.75, 1, 'checks', ROUTE53, ROUTE53_PLANS),
  /** HTTPS, a search string, a ten-second interval and latency measurement are one feature each. */
  healthCheckFeatureOfAws: price(1, 1, 'features', ROUTE53, ROUTE53_PLANS),
  healthCheckFeatureOfOthers: price(2, 1, 'features', ROUTE53, ROUTE53_PLANS),
  sqsRequest: price(0.4, MILLION, 'requests', SQS, {
    url: 'https://cloudburn.io/blog/amazon-sqs-pricing',
    of: '2026-03-14',
  }),
  snsEmail: price(2, 100_000, 'e-mails', SNS, {
    url: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/',
    of: '2026-06-13',
  }),
  s3Storage: price(0.023, 1, 'GB-months', S3, {
    url: 'https://gist.github.com/bahrmichael/94e01d26dc21b9b7156d7d27b1b9e16e',
    of: '2020-12-27',
  }),
  transferToInternet: price(0.09, 1, 'GB', EC2, TRANSFER_BLOG),
  transferToRegion: price(0.02, 1, 'GB', EC2, {
    url: 'https://cloud-cost-557.pages.dev/blog/estimate-aws-data-transfer-bill/',
    of: '2026-06',
  }),
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;
