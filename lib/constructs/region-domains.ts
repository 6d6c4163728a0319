import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { CustomDomainSettings } from '../../blueprint/configuration';
import { healthDomainName, regionDomainName } from '../../blueprint/names';
import { CustomDomain } from './custom-domain';
import type { HttpServiceApi } from './http-service-api';

export interface RegionDomainsProps {
  readonly settings: CustomDomainSettings;
  readonly region: string;
  readonly publicApi: HttpServiceApi;
  readonly healthApi: HttpServiceApi;
}

/**
 * The names under which one region is reached: the shared one, which DNS points at either region; its own, for callers
 * that choose a region and for drills; and that of its health API, for the checkers. One certificate carries all three.
 */
export class RegionDomains extends Construct {
  readonly shared: CustomDomain;
  readonly own: CustomDomain;
  readonly health: CustomDomain;
  readonly certificate: ICertificate;

  constructor(scope: Construct, id: string, props: RegionDomainsProps) {
    super(scope, id);
    const { domainName, zoneName, hostedZoneId } = props.settings;
    const [own, health] = [regionDomainName(domainName, props.region), healthDomainName(domainName, props.region)];
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { zoneName, hostedZoneId });
    this.certificate = new Certificate(this, 'Certificate', {
      domainName,
      subjectAlternativeNames: [own, health],
      validation: CertificateValidation.fromDns(zone),
    });
    const domain = (domainId: string, name: string, api: HttpServiceApi): CustomDomain =>
      new CustomDomain(this, domainId, { domainName: name, certificate: this.certificate, api: api.api });
    this.shared = domain('Shared', domainName, props.publicApi);
    this.own = domain('Own', own, props.publicApi);
    this.health = domain('Health', health, props.healthApi);
  }
}
