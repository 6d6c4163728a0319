import type { App } from 'aws-cdk-lib';
import { BLUEPRINT } from '../blueprint/blueprint';
import { ConfigurationError, type Configuration } from '../blueprint/configuration';
import { stackName } from '../blueprint/names';
import { ROUTE53_HOME_REGION } from '../blueprint/regions';
import { blueprintFailures } from '../blueprint/rules';
import { acknowledgeFindings } from './acknowledged-findings';
import { DataStack } from './stacks/data-stack';
import { ObservabilityStack } from './stacks/observability-stack';
import { ObserverStack } from './stacks/observer-stack';
import { RoutingStack } from './stacks/routing-stack';
import { ServiceStack } from './stacks/service-stack';
import { WitnessStack } from './stacks/witness-stack';

export interface TandemStacks {
  readonly data: DataStack;
  readonly witness: WitnessStack;
  readonly standby: ServiceStack;
  readonly primary: ServiceStack;
  readonly routing: RoutingStack;
  readonly observer: ObserverStack;
  readonly observability: readonly ObservabilityStack[];
}

/**
 * Add every stack of Tandem to the app, in deployment order: data, witness, standby, primary, routing, observer, observability.
 *
 * The standby is deployed before the primary, so a change that breaks a region breaks the one that serves nobody. Values
 * AWS generates travel by weak references (`Fn::GetStackOutput`), which the order of deployment makes resolvable.
 * @throws ConfigurationError with every sentence of the blueprint's rules, when decisions do not fit together
 */
export function buildTandem(app: App, configuration: Configuration): TandemStacks {
  const failures = blueprintFailures({ ...BLUEPRINT, load: configuration });
  if (failures.length > 0) throw new ConfigurationError(failures.join('\n'));
  const { stage, primaryRegion, standbyRegion, witnessRegion } = configuration;
  const name = (stack: string): string => stackName(stage, stack);
  const within = (region: string) => ({ configuration, env: { region }, tags: { 'tandem-stage': stage } });
  const data = new DataStack(app, name('Data'), within(primaryRegion));
  const witness = new WitnessStack(app, name('Witness'), within(witnessRegion));
  const service = (region: string, peerRegion: string): ServiceStack =>
    new ServiceStack(app, name(`Service-${region}`), { ...within(region), peerRegion, witness });
  const standby = service(standbyRegion, primaryRegion);
  const primary = service(primaryRegion, standbyRegion);
  standby.addStackDependency(data, 'The orders table is named, not referenced.');
  standby.addStackDependency(witness, 'Payments must answer before anything charges.');
  primary.addStackDependency(standby, 'One region at a time, the one that serves nobody first.');
  const routing = new RoutingStack(app, name('Routing'), { ...within(ROUTE53_HOME_REGION), primary, standby });
  const observer = new ObserverStack(app, name('Observer'), { ...within(witnessRegion), observed: [primary, standby] });
  const observability = [
    new ObservabilityStack(app, name(`Observability-${standbyRegion}`), {
      ...within(standbyRegion),
      place: 'standby',
      serving: { here: standby, peer: primary },
    }),
    new ObservabilityStack(app, name(`Observability-${primaryRegion}`), {
      ...within(primaryRegion),
      place: 'primary',
      serving: { here: primary, peer: standby },
    }),
    new ObservabilityStack(app, name('Observability-witness'), {
      ...within(witnessRegion),
      place: 'witness',
      // Here, since the witness region is lost with neither of the two.
      pair: {
        primary: { configuration, serving: { here: primary, peer: standby } },
        standby: { configuration, serving: { here: standby, peer: primary } },
        witness: { configuration },
        routing: { configuration, healthChecks: routing.healthChecks },
      },
    }),
    new ObservabilityStack(app, name('Observability-routing'), {
      ...within(ROUTE53_HOME_REGION),
      place: 'routing',
      healthChecks: routing.healthChecks,
    }),
  ];
  for (const stack of observability)
    stack.addStackDependency(routing, 'Alarms last: they must not fire on the way up.');
  acknowledgeFindings(app);
  return { data, witness, standby, primary, routing, observer, observability };
}
