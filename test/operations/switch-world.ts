import { parseDeployment, type Deployment, type PlainItem, type SwitchPlatform } from '../../operations';

export const PRIMARY = 'us-east-1';
export const STANDBY = 'us-west-2';
const HEALTH_PATH = 'segment-0123456789';

/** The outputs of a deployment, as `cdk deploy --outputs-file` writes them. */
export function outputs(): Record<string, Record<string, string>> {
  const service = (region: string): Record<string, string> => ({
    PublicHost: `public.execute-api.${region}.amazonaws.com`,
    HealthHost: `health.execute-api.${region}.amazonaws.com`,
    HealthPath: HEALTH_PATH,
    WorkQueueUrl: `https://sqs.${region}.amazonaws.com/123456789012/tandem-sandbox-work`,
  });
  return {
    'Tandem-sandbox-Data': { PlansWriterRegion: PRIMARY },
    [`Tandem-sandbox-Service-${STANDBY}`]: service(STANDBY),
    [`Tandem-sandbox-Service-${PRIMARY}`]: service(PRIMARY),
    'Tandem-sandbox-Routing': { ServiceName: 'api.tandem.example', NameServers: 'ns-1.example,ns-2.example' },
  };
}

/** How long after the switch DNS answers the other region. */
const DNS_DELAY_MS = 30_000;

/** Two regions with their health APIs, tables and DNS, in virtual time. The test breaks what it likes. */
export class SwitchWorld {
  readonly deployment: Deployment = parseDeployment(outputs());
  nowMs = Date.UTC(2030, 0, 1, 12);
  /** Regions of which nothing answers. */
  readonly unreachable = new Set<string>();
  /** Regions whose tables take no write. */
  readonly readOnly = new Set<string>();
  /** Regions whose own dependencies are down. */
  readonly sick = new Set<string>();
  readonly messages: Record<string, number> = { [PRIMARY]: 0, [STANDBY]: 0 };
  /** When each region last beat, as the other one knows it; they beat on unless the test stops them. */
  readonly lastBeat: Record<string, number | undefined> = {};
  isDnsStuck = false;
  isDnsSilent = false;
  answersYes = true;
  readonly said: string[] = [];
  readonly questions: string[] = [];
  readonly writes: { readonly region: string; readonly item: PlainItem }[] = [];
  private readonly tables = new Map<string, PlainItem>();
  private dnsRegion = PRIMARY;
  private dnsMovesAtMs: number | undefined;

  readonly platform: SwitchPlatform = {
    now: () => this.nowMs,
    sleep: async (durationMs) => void (this.nowMs += durationMs),
    httpGet: async (host, path) => {
      const here = host.split('.')[2]!;
      if (this.unreachable.has(here)) return undefined;
      const [, segment, verb, region] = path.split('/');
      if (segment !== HEALTH_PATH) return { status: 404, body: '' };
      if (verb === 'switch') return answer(this.isEvacuated(here, region!) ? 200 : 404, '');
      if (this.sick.has(here)) return answer(503, 'dependency-down');
      return this.isEvacuated(here, here) ? answer(503, 'evacuated') : answer(200, 'ready');
    },
    resolveText: async (name) => {
      if (name !== '_region.api.tandem.example') throw new Error(`Nobody knows ${name}.`);
      this.moveDns();
      return this.isDnsSilent ? undefined : this.dnsRegion;
    },
    readItem: async ({ region, tableName }, key) => {
      if (this.unreachable.has(region)) throw new Error('TimeoutError');
      if (tableName === 'tandem-sandbox-orders') return this.beat(key['region']!);
      return this.tables.get(`${region} ${key['name']}`);
    },
    writeItem: async ({ region, tableName }, item) => {
      if (this.unreachable.has(region) || this.readOnly.has(region)) throw new Error('TimeoutError');
      if (tableName !== 'tandem-sandbox-regional-state') throw new Error(`${tableName} is not to be written.`);
      this.writes.push({ region, item });
      this.put(region, item);
    },
    updateItem: async ({ region }, key, attributes) => {
      if (this.unreachable.has(region) || this.readOnly.has(region)) throw new Error('TimeoutError');
      const place = `${region} ${key['name']}`;
      const item = { ...key, ...this.tables.get(place), ...attributes };
      // What is undefined is taken away.
      this.tables.set(place, JSON.parse(JSON.stringify(item)) as PlainItem);
    },
    countMessages: async (region) => {
      if (this.unreachable.has(region)) throw new Error('TimeoutError');
      return this.messages[region]!;
    },
    ask: async (question) => {
      this.questions.push(question);
      return this.answersYes;
    },
    say: (line) => void this.said.push(line),
  };

  /** The item as it is now. */
  item(region: string, name: string): PlainItem | undefined {
    return this.tables.get(`${region} ${name}`);
  }

  put(region: string, item: PlainItem): void {
    this.tables.set(`${region} ${String(item['name'])}`, item);
    if (!this.isDnsStuck) this.dnsMovesAtMs ??= this.nowMs + DNS_DELAY_MS;
  }

  /** Puts both positions as an evacuation long ago would have left them. */
  evacuatedSince(region: string, minutesAgo: number): void {
    const item = { name: `evacuation#${region}`, evacuated: true, changedAt: this.nowMs - minutesAgo * 60_000 };
    for (const place of [PRIMARY, STANDBY]) this.put(place, item);
    this.dnsRegion = region === PRIMARY ? STANDBY : PRIMARY;
    this.dnsMovesAtMs = undefined;
  }

  private isEvacuated(here: string, region: string): boolean {
    return this.tables.get(`${here} evacuation#${region}`)?.['evacuated'] === true;
  }

  private beat(region: string): PlainItem | undefined {
    return { beatAt: this.lastBeat[region] ?? this.nowMs - 30_000 };
  }

  private moveDns(): void {
    if (this.dnsMovesAtMs === undefined || this.nowMs < this.dnsMovesAtMs) return;
    this.dnsMovesAtMs = undefined;
    this.dnsRegion = this.isEvacuated(STANDBY, PRIMARY) ? STANDBY : PRIMARY;
  }
}

const answer = (status: number, state: string) => ({ status, body: JSON.stringify({ state }) });
