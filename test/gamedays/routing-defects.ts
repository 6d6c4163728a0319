import type { Template } from '../../simulator';
import { editBundles, editTemplates, mapJson, type Defect } from './defects';

/** Known bugs in what says whether a region can serve, and in what sends callers to it. */

export const withTtlOfAnHour: Defect = (plan) =>
  editTemplates(plan, ({ template }) => mapJson(template, (value, path) => (path.endsWith('/TTL') ? '3600' : value)));

/** Health and switch become routes of the public API, under one throttle for all of the stage. */
export const withSharedApi: Defect = (plan) =>
  editTemplates(plan, ({ template }) => {
    const ids = Object.keys(template.Resources);
    const idOf = (start: string): string | undefined => ids.find((id) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
    const [publicApi, healthApi, healthStage] = [idOf('PublicApi'), idOf('HealthApi'), idOf('HealthApiDefaultStage')];
    if (publicApi === undefined || healthApi === undefined || healthStage === undefined) return template;
    const Resources = Object.fromEntries(Object.entries(template.Resources).filter(([id]) => id !== healthStage));
    return mapJson<Template>({ ...template, Resources }, (value, path) => {
      if (path.endsWith('/Ref') && value === healthApi) return publicApi;
      if (!path.endsWith('/Properties') || !path.includes('PublicApiDefaultStage')) return value;
      const { RouteSettings: _, ...stage } = value as Record<string, unknown>;
      return { ...stage, DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 4 } };
    });
  });

/** One throttle for all that the health API is asked, wrong paths included. */
export const withThrottledHealth: Defect = (plan) =>
  editTemplates(plan, ({ template }) =>
    mapJson(template, (value, path) =>
      /\/HealthApiDefaultStage[^/]*\/Properties$/.test(path)
        ? { ...(value as object), DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 10 } }
        : value,
    ),
  );

/** A property of some resources is not there. */
const withoutProperty =
  (resources: RegExp, name: string): Defect =>
  (plan) =>
    editTemplates(plan, ({ template }) =>
      mapJson(template, (value, path) =>
        resources.test(path)
          ? Object.fromEntries(Object.entries(value as object).filter(([property]) => property !== name))
          : value,
      ),
    );

export const withoutHealthReservation = withoutProperty(
  /\/HealthFunction[^/]*\/Properties$/,
  'ReservedConcurrentExecutions',
);
export const withUncheckedPrimary = withoutProperty(/\/Primary(Host|Region)[^/]*\/Properties$/, 'HealthCheckId');
export const withUncheckedStandby = withoutProperty(/\/Standby(Host|Region)[^/]*\/Properties$/, 'HealthCheckId');

/** The read of the region's own heartbeat, by which it knows that its table answers. */
const HEARTBEAT_READ =
  /await (\w+)\.send\(new (\w+)\(\{TableName:(\w+\("ORDERS_TABLE"\)),Key:\{orderId:\{S:(\w+)\((\w+)\)\},region:\{S:\5\}\},ProjectionExpression:"orderId"\}\)\)/g;
const ASKING_THE_PEER = [
  'const peer=$5==="us-east-1"?"us-west-2":"us-east-1"',
  'const beat=(await $1.send(new $2({TableName:$3,Key:{orderId:{S:$4(peer)},region:{S:peer}}}))).Item?.beatAt?.N',
  'if(beat!==undefined&&Date.now()-Number(beat)>75000)throw new Error("The peer is silent.")',
].join(';');

/** A region that has not heard of its peer calls itself sick. */
export const askingThePeer: Defect = (plan) => editBundles(plan, HEARTBEAT_READ, ASKING_THE_PEER);

/** Another client of the same class asks the observer, and a region without its opinion is not ready. */
const ASKING_THE_OBSERVER = [
  'const third=new $1.constructor({region:"us-east-2",maxAttempts:1})',
  'const asked={TableName:"tandem-sandbox-observations",Key:{name:{S:"observation"}}}',
  'const seen=(await third.send(new $2(asked))).Item?.observedAt?.N',
  'if(seen!==undefined&&Date.now()-Number(seen)>65000)throw new Error("The observer is silent.")',
].join(';');

/** A region that has not heard of the observer calls itself sick; health is granted what it then asks for. */
export const askingTheObserver: Defect = (plan) =>
  editTemplates(editBundles(plan, HEARTBEAT_READ, `$&;${ASKING_THE_OBSERVER}`), ({ template }) =>
    mapJson(template, (value, path) => {
      if (!/\/HealthRoleDefaultPolicy[^/]*\/Properties\/PolicyDocument$/.test(path)) return value;
      const { Statement, ...document } = value as { readonly Statement: readonly object[] };
      const asking = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };
      return { ...document, Statement: [...Statement, asking] };
    }),
  );

/** The read of the region's own switch, by which it knows whether it is evacuated. */
const SWITCH_READ =
  /let\{Item:(\w+)\}=await (\w+)\.send\(new (\w+)\(\{TableName:(\w+)\("STATE_TABLE"\),Key:\{\[(\w+)\]:\{S:\w+\(\w+\)\}\},ConsistentRead:!0\}\)\)/g;
const ASKING_THE_REGULATOR = [
  '$&;const load=(await $2.send(new $3({TableName:$4("STATE_TABLE"),Key:{[$5]:{S:"regulation"}}}))).Item',
  'if(Number(load?.pressedUntil?.N)>Date.now())throw new Error("There is too much to do.")',
].join(';');

/** A region that calls itself sick while it refuses orders. */
export const askingTheRegulator: Defect = (plan) => editBundles(plan, SWITCH_READ, ASKING_THE_REGULATOR);

/** Neither the switch nor the latch is ever found set. */
export const withoutSwitch: Defect = (plan) => editBundles(plan, /\.evacuated\?\.BOOL===!0/g, '.evacuated?.BOOL===0');
