import { z } from 'zod';
import type { Stage } from './capacity';
import { nearestName } from './did-you-mean';
import { EVERYBODY_TRUSTED, TRUSTED_CALLERS_PATTERN } from './trusted-callers';
import { AWS_REGIONS, STRONG_CONSISTENCY_REGION_SETS, type AwsRegion } from './regions';

/** What a person may choose: flat keys in the context of cdk.json, or `-c key=value`. */
export interface Configuration {
  readonly stage: Stage;
  readonly primaryRegion: AwsRegion;
  readonly standbyRegion: AwsRegion;
  readonly witnessRegion: AwsRegion;
  /** `failover`: the primary serves while it is healthy. `latency`: each caller's nearest healthy region serves. */
  readonly routing: 'failover' | 'latency';
  readonly consistency: 'eventual' | 'strong';
  /** Whether the responder may evacuate a failing primary and redrive dead letters by itself, behind its guards. */
  readonly automation: 'off' | 'on';
  /** How often a quiet system looks at itself, and what it costs. */
  readonly footprint: 'standard' | 'lean';
  /** Whether there is a dashboard for each serving region and one for both: three dollars each, after an account's first three. */
  readonly dashboards: 'off' | 'on';
  /** Path segment of the health API. Anyone who knows it can read the region's health, so it must not be guessable. */
  readonly healthPath: string;
  /** @default - a zone named for the stage and the account, under a reserved suffix */
  readonly zoneName?: string;
  /** @default - callers use the generated host that the service's name in the zone points at */
  readonly customDomain?: CustomDomainSettings;
  /** @default - callers sign with IAM, as trusted back ends */
  readonly jwt?: JwtSettings;
  /** Under IAM: which back end may act for which customers, in the form of `trusted-callers.ts`. */
  readonly trustedCallers: string;
  /** @default - alarms go to their topics, and nobody is subscribed */
  readonly notificationEmail?: string;
  /** Orders a second of both regions together. @default - what the stage is built to carry */
  readonly plannedOrdersPerSecond?: number;
  /** Whether one region alone may be too small for what is planned. */
  readonly oneRegionShortfall: 'refused' | 'accepted';
}

export type PlannedLoad = Pick<Configuration, 'stage' | 'plannedOrdersPerSecond' | 'oneRegionShortfall'>;

/** A name of the user's own, in a hosted zone that exists and is delegated to. */
export interface CustomDomainSettings {
  /** What callers call, such as orders.example.com. It is below the zone's name, since a CNAME cannot be at its apex. */
  readonly domainName: string;
  readonly zoneName: string;
  readonly hostedZoneId: string;
}

/** How callers of the public routes say who they are. */
export const identityOf = ({ jwt }: Pick<Configuration, 'jwt'>): 'iam' | 'jwt' => (jwt === undefined ? 'iam' : 'jwt');

/** Whose tokens say who the customer is: the token's `sub`. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** A person's mistake, told in one line. Never shown with a stack trace. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const PREFIX = 'tandem:';
/** Shipped in cdk.json so that a first synth needs no thought; the stage `full` refuses it. */
export const SAMPLE_HEALTH_PATH = 'replace-me-5d0c8e47b1';

interface Setting {
  readonly schema: z.ZodType;
  readonly allowed: string;
  /** Known values, for "did you mean". */
  readonly names?: readonly string[];
  /** @default - must be set */
  readonly otherwise?: string;
  /** May be left out altogether. */
  readonly optional?: boolean;
}

const oneOf = (names: readonly string[], otherwise: string): Setting => ({
  schema: z.enum(names),
  allowed: `one of ${names.join(', ')}`,
  names,
  otherwise,
});

const domain = z.string().regex(/^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/);

const SETTINGS = {
  stage: oneOf(['sandbox', 'full'], 'sandbox'),
  primaryRegion: oneOf(AWS_REGIONS, 'us-east-1'),
  standbyRegion: oneOf(AWS_REGIONS, 'us-west-2'),
  witnessRegion: oneOf(AWS_REGIONS, 'us-east-2'),
  routing: oneOf(['failover', 'latency'], 'failover'),
  consistency: oneOf(['eventual', 'strong'], 'eventual'),
  automation: oneOf(['off', 'on'], 'off'),
  footprint: oneOf(['standard', 'lean'], 'standard'),
  dashboards: oneOf(['off', 'on'], 'off'),
  healthPath: {
    schema: z.string().regex(/^[a-z0-9-]{16,64}$/),
    allowed: '16 to 64 of a-z, 0-9 and "-", and not guessable',
  },
  zoneName: { schema: domain, allowed: 'a domain name such as tandem.example.com', optional: true },
  domainName: { schema: domain, allowed: 'a domain name such as orders.example.com', optional: true },
  hostedZoneId: {
    schema: z.string().regex(/^Z[A-Z0-9]{3,31}$/),
    allowed: 'the id of a hosted zone such as Z0123456789ABCDEFGHIJ',
    optional: true,
  },
  jwtIssuer: {
    schema: z.string().regex(/^https:\/\/[A-Za-z0-9./_-]{3,200}$/),
    allowed: 'the https URL of an issuer of tokens, as their claim iss has it',
    optional: true,
  },
  jwtAudience: {
    schema: z.string().regex(/^[^\s,]{1,200}(,[^\s,]{1,200})*$/),
    allowed: 'one or more audiences with commas between them, as the claim aud has them',
    optional: true,
  },
  trustedCallers: {
    schema: z.string().regex(TRUSTED_CALLERS_PATTERN),
    allowed: 'back ends with the customers they may act for, such as role/shop:acme-*,globex;user/erp:*',
    otherwise: EVERYBODY_TRUSTED,
  },
  notificationEmail: { schema: z.email(), allowed: 'an e-mail address', optional: true },
  plannedOrdersPerSecond: {
    schema: z.union([z.string().regex(/^(?!0+(\.0*)?$)\d{1,6}(\.\d{1,3})?$/), z.number().positive()]),
    allowed: 'orders a second of both regions together, such as 100',
    optional: true,
  },
  oneRegionShortfall: oneOf(['refused', 'accepted'], 'refused'),
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof SETTINGS;

const howToSet = (name: string): string => `Set it in cdk.json under "context", or with -c ${PREFIX}${name}=VALUE.`;

function readSetting(name: SettingName, value: unknown): string | undefined {
  const setting: Setting = SETTINGS[name];
  if (value === undefined) {
    if (setting.otherwise !== undefined || setting.optional) return setting.otherwise;
    throw new ConfigurationError(`${PREFIX}${name} is missing: it must be ${setting.allowed}. ${howToSet(name)}`);
  }
  if (!setting.schema.safeParse(value).success) {
    const got = value === '' ? 'empty' : JSON.stringify(value);
    const meant = typeof value === 'string' && setting.names ? nearestName(value, setting.names) : undefined;
    const hint = meant ? `; did you mean ${meant}?` : '.';
    throw new ConfigurationError(`${PREFIX}${name} is ${got}: it must be ${setting.allowed}${hint} ${howToSet(name)}`);
  }
  return value as string;
}

function refuseUnknownKeys(context: Readonly<Record<string, unknown>>): void {
  const known = Object.keys(SETTINGS).map((name) => PREFIX + name);
  for (const key of Object.keys(context)) {
    if (!key.startsWith(PREFIX) || known.includes(key)) continue;
    const meant = nearestName(key, known);
    throw new ConfigurationError(
      `${key} is not a setting: known are ${known.join(', ')}${meant ? `; did you mean ${meant}?` : '.'} Correct or remove it in cdk.json.`,
    );
  }
}

function refuseContradictions(configuration: Configuration): void {
  const { stage, primaryRegion, standbyRegion, witnessRegion, consistency, healthPath } = configuration;
  const places = { primaryRegion, standbyRegion, witnessRegion };
  const seen = new Map<string, string>();
  for (const [name, region] of Object.entries(places)) {
    const other = seen.get(region);
    if (other !== undefined) {
      throw new ConfigurationError(
        `${PREFIX}${name} and ${PREFIX}${other} are both ${region}: three different regions are needed. ${howToSet(name)}`,
      );
    }
    seen.set(region, name);
  }
  const sets = STRONG_CONSISTENCY_REGION_SETS;
  if (consistency === 'strong' && !sets.some((set) => Object.values(places).every((region) => set.includes(region)))) {
    throw new ConfigurationError(
      `${PREFIX}consistency is "strong" with ${Object.values(places).join(', ')}: all three must be of one set, ${sets.map((set) => set.join('/')).join(' or ')}. ${howToSet('consistency')}`,
    );
  }
  if (stage === 'full' && healthPath === SAMPLE_HEALTH_PATH) {
    throw new ConfigurationError(
      `${PREFIX}healthPath is still the published sample: in stage full it must be a value of your own, ${SETTINGS.healthPath.allowed}. ${howToSet('healthPath')}`,
    );
  }
}

/** The three settings of a custom domain, which only make sense together. */
function readCustomDomain(
  domainName: string | undefined,
  hostedZoneId: string | undefined,
  zoneName: string | undefined,
): CustomDomainSettings | undefined {
  if (domainName === undefined) {
    if (hostedZoneId === undefined) return undefined;
    throw new ConfigurationError(
      `${PREFIX}hostedZoneId is set without ${PREFIX}domainName: name what callers shall call, ${SETTINGS.domainName.allowed}. ${howToSet('domainName')}`,
    );
  }
  const missing = hostedZoneId === undefined ? 'hostedZoneId' : zoneName === undefined ? 'zoneName' : undefined;
  if (missing !== undefined) {
    throw new ConfigurationError(
      `${PREFIX}domainName is ${JSON.stringify(domainName)} without ${PREFIX}${missing}: it must be ${SETTINGS[missing].allowed}, of the zone that holds the domain. ${howToSet(missing)}`,
    );
  }
  if (!domainName.endsWith(`.${zoneName!}`)) {
    throw new ConfigurationError(
      `${PREFIX}domainName is ${JSON.stringify(domainName)}: it must be below ${PREFIX}zoneName, such as orders.${zoneName!}. ${howToSet('domainName')}`,
    );
  }
  return { domainName, zoneName: zoneName!, hostedZoneId: hostedZoneId! };
}

/** Issuer and audience, which only make sense together and instead of trusted callers. */
function readJwt(
  issuer: string | undefined,
  audience: string | undefined,
  trustedCallers: string,
): JwtSettings | undefined {
  if (issuer === undefined && audience === undefined) return undefined;
  const missing = issuer === undefined ? 'jwtIssuer' : audience === undefined ? 'jwtAudience' : undefined;
  if (missing !== undefined) {
    const given = missing === 'jwtIssuer' ? 'jwtAudience' : 'jwtIssuer';
    throw new ConfigurationError(
      `${PREFIX}${given} is set without ${PREFIX}${missing}: it must be ${SETTINGS[missing].allowed}. ${howToSet(missing)}`,
    );
  }
  if (trustedCallers !== EVERYBODY_TRUSTED) {
    throw new ConfigurationError(
      `${PREFIX}trustedCallers is set beside ${PREFIX}jwtIssuer: under tokens a caller is the customer, and nobody acts for others. Remove one of them in cdk.json.`,
    );
  }
  return { issuer: issuer!, audience: audience!.split(',') };
}

/**
 * Read the settings out of a CDK context.
 * @param context all context keys; those without the prefix `tandem:` are not ours and are left alone
 * @throws ConfigurationError with one line: what, got, allowed values, what was probably meant, next step
 */
export function parseConfiguration(context: Readonly<Record<string, unknown>>): Configuration {
  refuseUnknownKeys(context);
  const read: Record<string, string> = {};
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const value = readSetting(name, context[PREFIX + name]);
    if (value !== undefined) read[name] = value;
  }
  // Every value above has passed the schema of its name, which is what makes this view true.
  const { domainName, hostedZoneId, jwtIssuer, jwtAudience, plannedOrdersPerSecond: planned, ...rest } = read;
  const jwt = readJwt(jwtIssuer, jwtAudience, rest['trustedCallers']!);
  const customDomain = readCustomDomain(domainName, hostedZoneId, rest['zoneName']);
  const configuration = {
    ...rest,
    ...(customDomain === undefined ? {} : { customDomain }),
    ...(jwt === undefined ? {} : { jwt }),
    ...(planned === undefined ? {} : { plannedOrdersPerSecond: Number(planned) }),
  } as unknown as Configuration;
  refuseContradictions(configuration);
  return configuration;
}
