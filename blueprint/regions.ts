/** Regions of the partition `aws` (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html). */
export const AWS_REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;
export type AwsRegion = (typeof AWS_REGIONS)[number];

/** Route 53's zones, records and checks are administered here, and their metrics exist here only. */
export const ROUTE53_HOME_REGION: AwsRegion = 'us-east-1';

/**
 * Where Route 53 can check from
 * (https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html), in the order in which we choose.
 */
const HEALTH_CHECKER_REGIONS: readonly AwsRegion[] = [
  'eu-west-1',
  'us-west-1',
  'sa-east-1',
  'us-west-2',
  'us-east-1',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
];

/**
 * The three checker regions of this pair, the fewest AWS accepts. None of them serves: a checker inside a region that is
 * cut off still reaches the endpoints beside it, and a third of the checkers is more than the 18 % that keep an endpoint
 * healthy. See docs/decisions/0004.
 */
export function healthCheckerRegions(servingRegions: readonly string[]): readonly AwsRegion[] {
  return HEALTH_CHECKER_REGIONS.filter((region) => !servingRegions.includes(region)).slice(0, 3);
}

/**
 * Strong consistency spans exactly three regions of one of these sets
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html).
 */
export const STRONG_CONSISTENCY_REGION_SETS: readonly (readonly AwsRegion[])[] = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];
