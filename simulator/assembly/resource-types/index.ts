/**
 * Every CloudFormation resource type that the embedded cloud knows, one file a service, in the order in which they are
 * provisioned: what stores and identifies first, then what runs, then what calls and watches it.
 */
import type { ResourceType } from '../resource-type';
import { apiGatewayResourceTypes } from './apigateway';
import { cloudWatchResourceTypes } from './cloudwatch';
import { customDomainResourceTypes } from './custom-domains';
import { dynamoDbResourceTypes } from './dynamodb';
import { eventsResourceTypes } from './events';
import { iamResourceTypes } from './iam';
import { lambdaResourceTypes } from './lambda';
import { route53ResourceTypes } from './route53';
import { snsResourceTypes } from './sns';
import { sqsResourceTypes } from './sqs';

export const RESOURCE_TYPES: readonly ResourceType[] = [
  // The synthesizer's own note on the app; it deploys nothing.
  { type: 'AWS::CDK::Metadata', modelled: ['Analytics'], ref: (resource) => resource.logicalId },
  ...dynamoDbResourceTypes,
  ...sqsResourceTypes,
  ...snsResourceTypes,
  ...iamResourceTypes,
  ...lambdaResourceTypes,
  ...apiGatewayResourceTypes,
  ...customDomainResourceTypes,
  ...eventsResourceTypes,
  ...cloudWatchResourceTypes,
  ...route53ResourceTypes,
];
