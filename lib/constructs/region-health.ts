import { Duration } from 'aws-cdk-lib';
import { HealthCheck, HealthCheckType, type IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { SWITCH_RHYTHM, type CheckRhythm } from '../../blueprint/footprints';
import { healthCheckerRegions } from '../../blueprint/regions';

export interface RegionHealthProps {
  /** The region whose record hangs on this check. */
  readonly region: string;
  /** The other serving region. */
  readonly peerRegion: string;
  /** Host of that region's health API. */
  readonly healthHost: string;
  /** Host of the other region's health API, which holds the switch. */
  readonly switchHost: string;
  readonly healthPath: string;
  /** How often each checker asks whether the region is ready. */
  readonly readyRhythm: CheckRhythm;
}

/**
 * Whether a region shall be answered by DNS: it is ready, AND the other region does not say that it is evacuated.
 *
 * The second check is inverted: it is healthy while the switch answers anything but 2xx, or nothing at all. So the switch
 * lives where it can be set when it is needed, and losing the switch's region changes nothing.
 *
 * Interval, port, path and type of a check cannot be changed in place, and a NEW inverted check starts unhealthy
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html): make the
 * new check, wait until it is healthy, re-point the calculated check, delete the old one.
 */
export class RegionHealth extends Construct {
  readonly check: IHealthCheck;

  constructor(scope: Construct, id: string, props: RegionHealthProps) {
    super(scope, id);
    const https = (checkId: string, host: string, path: string, inverted: boolean, rhythm: CheckRhythm): HealthCheck =>
      new HealthCheck(this, checkId, {
        type: HealthCheckType.HTTPS,
        fqdn: host,
        port: 443,
        resourcePath: `/${props.healthPath}/${path}`,
        enableSNI: true,
        requestInterval: Duration.seconds(rhythm.intervalSeconds),
        failureThreshold: rhythm.failureThreshold,
        regions: [...healthCheckerRegions([props.region, props.peerRegion])],
        inverted,
      });
    const ready = https('Ready', props.healthHost, 'ready', false, props.readyRhythm);
    const notEvacuated = https('NotEvacuated', props.switchHost, `switch/${props.region}`, true, SWITCH_RHYTHM);
    this.check = new HealthCheck(this, 'Check', {
      type: HealthCheckType.CALCULATED,
      childHealthChecks: [ready, notEvacuated],
      healthThreshold: 2,
    });
  }
}
