import { ClientConnectionError, type ClientPlatform } from './platform';
import { namedRegionOf, regionOf } from './request-signer';

/** Where a request goes, and for which region it is signed. */
export interface Location {
  readonly host: string;
  /** As in `ClientRequest`. */
  readonly connectTo?: string;
  readonly region: string;
  /** Whether the region came from a record beside the address: the two can disagree for as long as one is cached. */
  readonly isRegionByText: boolean;
}

export interface ServiceLocatorOptions {
  readonly platform: ClientPlatform;
  /** @default - regionHosts alone decide, the first one preferred */
  readonly serviceName?: string;
  readonly regionHosts?: Readonly<Record<string, string>>;
}

/**
 * The target of a Regional custom domain name, which answers for that name only: the client connects to it and asks for the
 * name, so that address and region are one answer of DNS
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html).
 */
const DOMAIN_TARGET = /^d-[a-z0-9]+\.execute-api\./;

/**
 * Where DNS says that the service is. The region comes from the host's own name where it names one, else from the
 * configured hosts, else from the TXT record `_region.<serviceName>`, which has the policy and the check of the address.
 */
export class ServiceLocator {
  private readonly hosts: ReadonlyMap<string, string>;
  private lastKnown: Location | undefined;

  /** @throws Error when neither a name nor hosts are given */
  constructor(private readonly options: ServiceLocatorOptions) {
    this.hosts = new Map(Object.entries(options.regionHosts ?? {}));
    if (options.serviceName === undefined && this.hosts.size === 0) {
      throw new Error('The client knows no place to go: give serviceName, regionHosts or both.');
    }
  }

  /** The regions whose own hosts are known, in order of preference. */
  get regions(): readonly string[] {
    return [...this.hosts.keys()];
  }

  /**
   * What DNS names now. While DNS does not answer, its last answer stands; before any, the first configured host.
   * @throws ClientConnectionError when there is neither
   */
  async locate(): Promise<Location> {
    const { serviceName } = this.options;
    const [first] = this.hosts;
    if (serviceName === undefined) return { host: first![1], region: first![0], isRegionByText: false };
    try {
      this.lastKnown = await this.ask(serviceName);
    } catch (error) {
      if (!(error instanceof ClientConnectionError)) throw error;
      if (first !== undefined) this.lastKnown ??= { host: first[1], region: first[0], isRegionByText: false };
      if (this.lastKnown === undefined) throw error;
    }
    return this.lastKnown;
  }

  /** The region's own place: what DNS names when it names that region by an API's generated host, else what is configured. */
  placeOf(region: string, named: Location): Location {
    const own = this.hosts.get(region);
    // A generated host changes when its API is replaced, and DNS learns that before any configuration.
    if (own === undefined || (region === named.region && namedRegionOf(own) !== undefined)) return named;
    return { host: own, region, isRegionByText: false };
  }

  private async ask(serviceName: string): Promise<Location> {
    const host = await this.options.platform.resolve(serviceName);
    if (DOMAIN_TARGET.test(host)) {
      return { host: serviceName, connectTo: host, region: regionOf(host), isRegionByText: false };
    }
    const region = namedRegionOf(host) ?? [...this.hosts].find(([, own]) => own === host)?.[0];
    if (region !== undefined) return { host, region, isRegionByText: false };
    const text = await this.options.platform.resolveText?.(`_region.${serviceName}`);
    if (text === undefined) {
      throw new Error(
        `The host ${host} names no region, and this platform reads no TXT records: give regionHosts, or a platform with resolveText.`,
      );
    }
    return { host, region: text, isRegionByText: true };
  }
}
