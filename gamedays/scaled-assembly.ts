import type { RouteThrottle } from '../blueprint/capacity';
import type { LoadSheddingPolicy } from '../blueprint/load-shedding';
import type { Assembly, Stack, Template } from '../simulator';

/** What is changed of an app as it ships, so that it is of another size. */
export interface AssemblyScale {
  readonly workers: number;
  /** Changes of the policy that is deployed. It believes in the workers there are, unless they are changed here. */
  readonly loadShedding: Partial<LoadSheddingPolicy>;
  /** The token bucket of a route. @param routeKey such as `POST /orders` */
  readonly throttleOf: (routeKey: string) => RouteThrottle;
}

type Resource = Template['Resources'][string];

function scaled(resource: Resource, { workers, loadShedding, throttleOf }: AssemblyScale): Resource {
  const properties = (changes: object): Resource => ({
    ...resource,
    Properties: { ...resource.Properties, ...changes },
  });
  switch (resource.Type) {
    case 'AWS::Lambda::EventSourceMapping':
      return properties({ ScalingConfig: { MaximumConcurrency: workers } });
    case 'AWS::ApiGatewayV2::Stage': {
      const settings = resource.Properties?.['RouteSettings'];
      if (settings === undefined) return resource;
      const bucketOf = (routeKey: string): object => {
        const { requestsPerSecond, burst } = throttleOf(routeKey);
        return { ThrottlingRateLimit: requestsPerSecond, ThrottlingBurstLimit: burst };
      };
      return properties({
        RouteSettings: Object.fromEntries(Object.keys(settings as object).map((key) => [key, bucketOf(key)])),
      });
    }
    case 'AWS::Lambda::Function': {
      const environment = resource.Properties?.['Environment'] as { Variables: Record<string, unknown> } | undefined;
      const deployed = environment?.Variables['LOAD_SHEDDING'];
      if (deployed === undefined) return resource;
      const policy = { ...(JSON.parse(String(deployed)) as LoadSheddingPolicy), workers, ...loadShedding };
      return properties({
        Environment: { Variables: { ...environment!.Variables, LOAD_SHEDDING: JSON.stringify(policy) } },
      });
    }
    default:
      return resource;
  }
}

/** The app as it ships, of another size: nothing else of the templates is touched, and nothing of the code. */
export function scaledAssembly(assembly: Assembly, scale: AssemblyScale): Assembly {
  const stacks = assembly.stacks.map((stack): Stack => {
    const Resources = Object.fromEntries(
      Object.entries(stack.template.Resources).map(([id, resource]) => [id, scaled(resource, scale)]),
    );
    return { ...stack, template: { ...stack.template, Resources } };
  });
  return { ...assembly, stacks };
}
