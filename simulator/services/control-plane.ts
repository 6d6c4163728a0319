import { NotModelled } from '../kernel/errors';
import type { Kernel } from '../kernel/kernel';
import type { Endpoint, HttpRequest } from '../network/http-message';
import type { Network } from '../network/network';

/** Services whose control plane is an endpoint of its own in each region. */
const REGIONAL_SERVICES = ['apigateway', 'cloudformation', 'lambda'];

/**
 * The control plane of Route 53 stands in us-east-1, whatever the region of the caller; its data plane is everywhere.
 * Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
 */
const ROUTE53_REGION = 'us-east-1';

/**
 * A control plane that can be reached and lost as on the real network. What it would do is not modelled, so a call that
 * arrives ends the run: nothing that serves customers should depend on one.
 */
class ControlPlane implements Endpoint {
  constructor(
    private readonly kernel: Kernel,
    readonly service: string,
    readonly region: string,
  ) {}

  operation({ method, path }: HttpRequest): string {
    return `${method} ${path}`;
  }

  receive(request: HttpRequest): void {
    const call = `Control plane call ${this.service} ${this.operation(request)}`;
    this.kernel.fail(new NotModelled(call, 'Model it, or do without it: resources are those of the templates.'));
  }
}

export function listenForControlCalls(kernel: Kernel, network: Network, regions: readonly string[]): void {
  network.listen('route53.amazonaws.com', new ControlPlane(kernel, 'route53', ROUTE53_REGION));
  for (const region of regions) {
    for (const service of REGIONAL_SERVICES) {
      network.listen(`${service}.${region}.amazonaws.com`, new ControlPlane(kernel, service, region));
    }
  }
}
