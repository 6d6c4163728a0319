import { Aws, CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CnameRecord, Failover, PublicHostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Configuration } from '../../blueprint/configuration';
import { TIME_BUDGETS } from '../../blueprint/time-budgets';
import { RegionHealth } from '../constructs/region-health';
import type { ServiceStack } from './service-stack';

export interface RoutingStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly primary: ServiceStack;
  readonly standby: ServiceStack;
}

/**
 * One name for two regions: failover records, each hanging on its region's calculated check.
 *
 * A client resolves `api.<zone>` (CNAME) and connects to the execute-api host it is given, with that host as SNI and
 * Host. It signs for the region that `_region.api.<zone>` (TXT) names; the pair has one policy and one check, so the two
 * answers move together, but they are two answers: the region in the host's own name is the final word.
 *
 * Without `tandem:zoneName` the zone is `tandem-<stage>-<account>.test`, under a suffix RFC 6761 reserves: nobody delegates to
 * it, so callers ask the zone's own name servers (an output of this stack). That Route 53 accepts such a public zone was
 * not confirmed on a real account; a delegated subdomain of your own is better.
 *
 * The hosts are read from the service stacks when this stack is deployed: a replaced API needs this stack deployed again.
 */
export class RoutingStack extends Stack {
  constructor(scope: Construct, id: string, props: RoutingStackProps) {
    super(scope, id, props);
    const { stage, zoneName, healthPath } = props.configuration;
    const zone = new PublicHostedZone(this, 'Zone', {
      zoneName: zoneName ?? Fn.join('', [`tandem-${stage}-`, Aws.ACCOUNT_ID, '.test']),
    });
    const places = [
      { role: Failover.PRIMARY, id: 'Primary', here: props.primary, there: props.standby },
      { role: Failover.SECONDARY, id: 'Standby', here: props.standby, there: props.primary },
    ];
    for (const { role, id: roleId, here, there } of places) {
      const health = new RegionHealth(this, `${roleId}Health`, {
        region: here.region,
        peerRegion: there.region,
        healthHost: here.healthApi.host,
        switchHost: there.healthApi.host,
        healthPath,
      });
      const policy = {
        zone,
        ttl: Duration.seconds(TIME_BUDGETS.recordTtlSeconds),
        failover: role,
        setIdentifier: here.region,
        healthCheck: health.check,
      };
      new CnameRecord(this, `${roleId}Host`, { ...policy, recordName: 'api', domainName: here.publicApi.host });
      new TxtRecord(this, `${roleId}Region`, { ...policy, recordName: '_region.api', values: [here.region] });
    }
    new CfnOutput(this, 'ZoneName', { value: zone.zoneName });
    new CfnOutput(this, 'NameServers', { value: Fn.join(',', zone.hostedZoneNameServers!) });
  }
}
