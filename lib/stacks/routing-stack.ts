import { Aws, CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CnameRecord,
  Failover,
  HostedZone,
  PublicHostedZone,
  TxtRecord,
  type IHealthCheck,
  type IHostedZone,
} from 'aws-cdk-lib/aws-route53';
import type { Construct, IDependable } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { readyRhythm, sparesStandby } from '../../blueprint/footprints';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import type { CustomDomain } from '../constructs/custom-domain';
import { RegionHealth } from '../constructs/region-health';
import type { ServiceStack } from './service-stack';

export interface RoutingStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly primary: ServiceStack;
  readonly standby: ServiceStack;
}

const TTL = Duration.seconds(TIME_BUDGETS.recordTtlSeconds);

/**
 * One name for two regions: failover or latency records, each hanging on its region's calculated check.
 *
 * Without a custom domain a client resolves `api.<zone>` (CNAME) and connects to the execute-api host it is given, with
 * that host as SNI and Host. With one it connects to the name itself, or to a region's own name. It signs for the region
 * that the TXT record `_region.<name>` tells; the pair has one policy and one check, so the two answers move together,
 * but they are two answers: a region in the host's own name is the final word.
 *
 * Without `tandem:zoneName` the zone is `tandem-<stage>-<account>.test`, under a suffix RFC 6761 reserves: nobody delegates to
 * it, so callers ask the zone's own name servers (an output of this stack). That Route 53 accepts such a public zone was
 * not confirmed on a real account; a delegated subdomain of your own is better.
 *
 * Every record is a CNAME, not an alias, since an alias has the TTL of its target, and that is a minute.
 *
 * The standby's checks and records are made when the primary's records are known everywhere: a new inverted check is unhealthy
 * until it has been asked, and whichever region's came first would be answered. A name with one record always has an answer.
 *
 * The hosts are read from the service stacks when this stack is deployed: a replaced API needs this stack deployed again.
 */
export class RoutingStack extends Stack {
  /** What the regions' records hang on. A standby that is spared has none. */
  readonly healthChecks: Readonly<{ primary: IHealthCheck; standby?: IHealthCheck }>;

  constructor(scope: Construct, id: string, props: RoutingStackProps) {
    super(scope, id, props);
    const { routing, healthPath, customDomain } = props.configuration;
    const zone = this.zone(props.configuration);
    const recordName = customDomain === undefined ? 'api' : relativeName(customDomain.domainName, zone);
    const places = [
      { role: Failover.PRIMARY, id: 'Primary', here: props.primary, there: props.standby },
      { role: Failover.SECONDARY, id: 'Standby', here: props.standby, there: props.primary },
    ];
    const isSpared = (role: Failover): boolean => role === Failover.SECONDARY && sparesStandby(props.configuration);
    const primaryRecords: IDependable[] = [];
    const checks = places.map(({ role, id: roleId, here, there }) => {
      const health = isSpared(role)
        ? undefined
        : new RegionHealth(this, `${roleId}Health`, {
            region: here.region,
            peerRegion: there.region,
            healthHost: here.healthHost,
            switchHost: there.healthHost,
            healthPath,
            readyRhythm: readyRhythm(props.configuration, role === Failover.PRIMARY ? 'primary' : 'standby'),
          });
      const policy = {
        zone,
        ttl: TTL,
        ...(routing === 'failover' ? { failover: role } : { region: here.region }),
        setIdentifier: here.region,
        ...(health === undefined ? {} : { healthCheck: health.check }),
      };
      const host = here.domains?.shared.target ?? here.publicHost;
      const records = [
        new CnameRecord(this, `${roleId}Host`, { ...policy, recordName, domainName: host }),
        new TxtRecord(this, `${roleId}Region`, {
          ...policy,
          recordName: `_region.${recordName}`,
          values: [here.region],
        }),
      ];
      if (role === Failover.PRIMARY) primaryRecords.push(...records);
      else
        for (const late of [...records, ...(health === undefined ? [] : [health])])
          late.node.addDependency(...primaryRecords);
      if (here.domains !== undefined) {
        this.addOwnName(`${roleId}OwnHost`, zone, here.domains.own);
        this.addOwnName(`${roleId}HealthHost`, zone, here.domains.health);
      }
      return health?.check;
    });
    const [primary, standby] = checks;
    this.healthChecks = { primary: primary!, ...(standby === undefined ? {} : { standby }) };
    new CfnOutput(this, 'ServiceName', { value: Fn.join('.', [recordName, zone.zoneName]) });
  }

  /** The user's zone under a custom domain, else one of our own. */
  private zone({ stage, zoneName, customDomain }: Configuration): IHostedZone {
    if (customDomain !== undefined) return HostedZone.fromHostedZoneAttributes(this, 'Zone', customDomain);
    const zone = new PublicHostedZone(this, 'Zone', {
      zoneName: zoneName ?? Fn.join('', [`tandem-${stage}-`, Aws.ACCOUNT_ID, '.test']),
    });
    new CfnOutput(this, 'NameServers', { value: Fn.join(',', zone.hostedZoneNameServers!) });
    return zone;
  }

  private addOwnName(id: string, zone: IHostedZone, domain: CustomDomain): void {
    const recordName = relativeName(domain.domainName, zone);
    new CnameRecord(this, id, { zone, ttl: TTL, recordName, domainName: domain.target });
  }
}

const relativeName = (name: string, zone: IHostedZone): string => name.slice(0, -zone.zoneName.length - 1);
