import { NotModelled } from '../../kernel/errors';
import { CustomDomains } from '../../services/apigateway/custom-domains';
import { AwsFault } from '../../services/aws-service';
import { ResourceProperties } from '../../services/resource-properties';
import type { CloudParts } from '../../cloud-parts';
import { arnOf, generatedId } from '../physical-name';
import { listOf, optionalTextOf, textOf } from '../property-reader';
import type { Resource, ResourceType } from '../resource-type';

const certificateArn = (resource: Resource): string =>
  arnOf(resource, 'acm', `certificate/${generatedId(resource, 32)}`);
const regionalDomainName = (resource: Resource): string =>
  `d-${generatedId(resource)}.execute-api.${resource.region}.amazonaws.com`;

/** What a custom domain name of a Regional HTTP API takes: the certificate, the name, and which API answers for it. */
export const customDomainResourceTypes: readonly ResourceType[] = [
  {
    // Its validation, renewal and expiry are not modelled: it is there, and covers its names.
    type: 'AWS::CertificateManager::Certificate',
    modelled: ['DomainName', 'SubjectAlternativeNames'],
    harmless: [
      'CertificateTransparencyLoggingPreference',
      'DomainValidationOptions',
      'KeyAlgorithm',
      'Tags',
      'ValidationMethod',
    ],
    ref: certificateArn,
    provision: (resource, cloud) => {
      const names = [textOf(resource, 'DomainName'), ...listOf(resource, 'SubjectAlternativeNames').map(String)];
      cloud.certificates.set(certificateArn(resource), names);
    },
  },
  {
    type: 'AWS::ApiGatewayV2::DomainName',
    modelled: ['DomainName', 'DomainNameConfigurations', 'RoutingMode'],
    harmless: ['Tags'],
    ref: (resource) => textOf(resource, 'DomainName'),
    attributes: {
      DomainNameArn: (resource) =>
        `arn:aws:apigateway:${resource.region}::/domainnames/${textOf(resource, 'DomainName')}`,
      RegionalDomainName: regionalDomainName,
      RegionalHostedZoneId: (resource) => `Z${generatedId(resource, 13).toUpperCase()}`,
    },
    provision: createDomainName,
  },
  {
    type: 'AWS::ApiGatewayV2::ApiMapping',
    modelled: ['ApiId', 'ApiMappingKey', 'DomainName', 'Stage'],
    ref: (resource) => generatedId(resource, 6),
    attributes: { ApiMappingId: (resource) => generatedId(resource, 6) },
    provision: createApiMapping,
  },
];

const CONFIGURATION = {
  modelled: ['CertificateArn', 'EndpointType'],
  // The version of TLS and the kind of address are below what the network models.
  harmless: ['CertificateName', 'IpAddressType', 'SecurityPolicy'],
};

function createDomainName(resource: Resource, cloud: CloudParts): void {
  const path = `AWS::ApiGatewayV2::DomainName ${resource.logicalId}`;
  const properties = new ResourceProperties(path, resource.properties, {
    modelled: ['DomainName', 'DomainNameConfigurations', 'RoutingMode'],
    harmless: ['Tags'],
  });
  if (properties.has('RoutingMode')) properties.oneOf('RoutingMode', ['API_MAPPING_ONLY']);
  const [configuration, ...others] = properties.objects('DomainNameConfigurations', CONFIGURATION);
  if (configuration === undefined || others.length > 0) {
    throw properties.invalid('DomainNameConfigurations', others.length, 'a list of one');
  }
  configuration.oneOf('EndpointType', ['REGIONAL']);
  checkCertificate(properties.string('DomainName'), configuration.string('CertificateArn'), resource, cloud);
  cloud.network.listen(regionalDomainName(resource), domainsOf(resource, cloud));
}

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html
function checkCertificate(domainName: string, arn: string, resource: Resource, cloud: CloudParts): void {
  const names = cloud.certificates.get(arn);
  if (names === undefined || arn.split(':')[3] !== resource.region) {
    throw new AwsFault('BadRequestException', `${domainName}: there is no certificate ${arn} in ${resource.region}.`);
  }
  const wildcard = domainName.replace(/^[^.]+/, '*');
  if (!names.includes(domainName) && !names.includes(wildcard)) {
    throw new AwsFault('BadRequestException', `The certificate ${arn} does not cover ${domainName}.`);
  }
}

function createApiMapping(resource: Resource, cloud: CloudParts): void {
  const key = optionalTextOf(resource, 'ApiMappingKey') ?? '';
  if (key !== '') throw new NotModelled(`ApiMappingKey ${key} of ${resource.logicalId}`, 'Map the whole domain name.');
  const stage = textOf(resource, 'Stage');
  if (stage !== '$default') throw new NotModelled(`Stage ${stage} of ${resource.logicalId}`, 'Map the stage $default.');
  const domainName = textOf(resource, 'DomainName').toLowerCase();
  const api = cloud.httpApis.get(textOf(resource, 'ApiId'));
  if (api?.region !== resource.region) {
    throw new AwsFault('NotFoundException', `There is no API ${textOf(resource, 'ApiId')} in ${resource.region}.`, 404);
  }
  const domains = domainsOf(resource, cloud);
  if (domains.isMapped(domainName)) {
    throw new AwsFault('ConflictException', `${domainName} is mapped already in ${resource.region}.`, 409);
  }
  domains.map(domainName, api);
}

function domainsOf({ region }: Resource, cloud: CloudParts): CustomDomains {
  let domains = cloud.customDomains.get(region);
  if (domains === undefined) {
    domains = new CustomDomains(region);
    cloud.customDomains.set(region, domains);
  }
  return domains;
}
