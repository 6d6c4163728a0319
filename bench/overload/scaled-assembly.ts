import { regulatorPolicy, type LoadSheddingPolicy } from '../../blueprint/load-shedding';
import type { Assembly, Stack, Template } from '../../simulator';
import { CAPACITY, CLASS_SHARES, SERVICE_MS, WORKERS, type OverloadRow } from './overload-row';

/** So many requests a second pass the fence where it is not what regulates: callers' repeats at twenty times the capacity. */
const OPEN_FENCE = 200 * CAPACITY;

function policyOf({ policy, variant, hasOutage }: OverloadRow): LoadSheddingPolicy {
  const wrong = variant === 'capacity+30%' ? 1 / 1.3 : variant === 'capacity-30%' ? 1 / 0.7 : 1;
  const shipped = regulatorPolicy(WORKERS, SERVICE_MS * wrong);
  const loop = variant === 'slow-loop' ? { tickMs: 5_000, cacheMs: 5_000, correctionMs: 20_000 } : {};
  const breaker = variant === 'no-breaker' ? { sharesBreaker: false } : {};
  switch (policy) {
    case 'regulator':
      return { ...shipped, ...loop, ...breaker };
    case 'backlog-threshold':
      return {
        ...shipped,
        admission: 'backlog-threshold',
        dropsLateWork: false,
        sharesBreaker: hasOutage === true,
        ...breaker,
      };
    case 'none':
    case 'api-gateway':
      return { ...shipped, admission: 'none', dropsLateWork: false, sharesBreaker: false };
  }
}

/** Each route has a bucket of its own: together those of the baseline let the capacity pass, split as orders are. */
function fenceOf({ policy }: OverloadRow, routeKey: string): object {
  const share = routeKey === 'POST /orders/import' ? CLASS_SHARES[2] : 1 - CLASS_SHARES[2];
  const rate = policy === 'api-gateway' ? share * CAPACITY : OPEN_FENCE;
  return { ThrottlingRateLimit: rate, ThrottlingBurstLimit: rate };
}

type Resource = Template['Resources'][string];

function scaled(resource: Resource, row: OverloadRow): Resource {
  const properties = (changes: object): Resource => ({
    ...resource,
    Properties: { ...resource.Properties, ...changes },
  });
  switch (resource.Type) {
    case 'AWS::Lambda::EventSourceMapping':
      return properties({ ScalingConfig: { MaximumConcurrency: WORKERS } });
    case 'AWS::ApiGatewayV2::Stage': {
      const settings = resource.Properties?.['RouteSettings'];
      if (settings === undefined) return resource;
      return properties({
        RouteSettings: Object.fromEntries(Object.keys(settings as object).map((key) => [key, fenceOf(row, key)])),
      });
    }
    case 'AWS::Lambda::Function': {
      const environment = resource.Properties?.['Environment'] as { Variables: Record<string, unknown> } | undefined;
      if (environment?.Variables['LOAD_SHEDDING'] === undefined) return resource;
      const Variables = {
        ...environment.Variables,
        LOAD_SHEDDING: JSON.stringify(policyOf(row)),
      };
      return properties({ Environment: { Variables } });
    }
    default:
      return resource;
  }
}

/**
 * The app as it ships, at the scale of the bench: ten workers, the row's policy, and a fence that is out of the way unless
 * it is what the row is about. Nothing else of the templates is touched, and nothing of the code.
 */
export function scaledAssembly(assembly: Assembly, row: OverloadRow): Assembly {
  const stacks = assembly.stacks.map((stack): Stack => {
    const Resources = Object.fromEntries(
      Object.entries(stack.template.Resources).map(([id, resource]) => [id, scaled(resource, row)]),
    );
    return { ...stack, template: { ...stack.template, Resources } };
  });
  return { ...assembly, stacks };
}
