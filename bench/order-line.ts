import { OrderClient, type ClientPlatform } from '../client';
import { SimulatedTarget } from '../gamedays';
import type { BenchInputs } from './figure';

const WARM_UP_SECONDS = 60;
const ORDERS_PER_SECOND = 5;
/** Time after the last order in which all of them are decided. */
const DRAIN_SECONDS = 10;

/** The app as it ships, deployed in the embedded cloud, and a client that places orders at an even pace. */
export class OrderLine {
  readonly target: SimulatedTarget;
  private readonly platform: ClientPlatform;
  private readonly client: OrderClient;
  private placed = 0;
  private acknowledged = 0;

  constructor({ assembly, configuration }: Omit<BenchInputs, 'assemblyDirectory'>) {
    this.target = new SimulatedTarget({ assembly, configuration, seed: 1, warmUpSeconds: WARM_UP_SECONDS });
    this.platform = this.target.caller('bench');
    this.client = new OrderClient({
      platform: this.platform,
      signer: this.target.authorizerOf('bench'),
      serviceName: this.target.serviceName,
    });
  }

  /** Lets the deployment settle: health checks, DNS, the first minute's schedules. */
  async warmUp(): Promise<void> {
    await this.target.advanceTo(0);
  }

  /** How much virtual time so many orders take. */
  secondsFor(orders: number): number {
    return orders / ORDERS_PER_SECOND + DRAIN_SECONDS;
  }

  /** Places the orders and lets time pass until all are decided. */
  async place(orders: number): Promise<void> {
    for (let ordinal = 0; ordinal < orders; ordinal++) {
      this.placeOne((ordinal * 1000) / ORDERS_PER_SECOND).catch((error: unknown) => this.target.fail(error));
    }
    await this.rest(this.secondsFor(orders));
  }

  /** Lets so many virtual seconds pass. */
  async rest(seconds: number): Promise<void> {
    await this.target.advanceTo(this.target.nowSeconds() + seconds);
  }

  /** @throws Error unless every order that was placed is CONFIRMED: another outcome is other work */
  async demandConfirmed(): Promise<void> {
    const items = await this.target.readOrders(this.target.regions.primary);
    const confirmed = items.filter((item) => item['status'] === 'CONFIRMED').length;
    const { placed, acknowledged } = this;
    if (confirmed !== placed || acknowledged !== placed) {
      throw new Error(`Of ${placed} orders of the bench ${acknowledged} were acknowledged, ${confirmed} CONFIRMED.`);
    }
  }

  private async placeOne(delayMs: number): Promise<void> {
    const ordinal = this.placed++;
    await this.platform.sleep(delayMs);
    const answer = await this.client.placeOrder(`bench-${ordinal}`, {
      customerId: `customer-${ordinal % 50}`,
      amount: 4250,
      currency: 'USD',
    });
    if (answer?.status === 202) this.acknowledged++;
  }
}
