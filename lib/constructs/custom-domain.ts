import { ApiMapping, DomainName, EndpointType, type IApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';

export interface CustomDomainProps {
  readonly domainName: string;
  /** Of this region: API Gateway takes no other (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html). */
  readonly certificate: ICertificate;
  readonly api: IApi;
}

/** A name of our own for an HTTP API of this region. */
export class CustomDomain extends Construct {
  readonly domainName: string;
  /** What the name's CNAME must point at: generated, and of this region. */
  readonly target: string;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const domain = new DomainName(this, 'Name', {
      domainName: props.domainName,
      certificate: props.certificate,
      // Regional, since an edge-optimised name exists once and cannot be answered differently by two regions.
      endpointType: EndpointType.REGIONAL,
    });
    new ApiMapping(this, 'Mapping', { api: props.api, domainName: domain });
    this.domainName = props.domainName;
    this.target = domain.regionalDomainName;
  }
}
