import { CATALOGUE, prepareFlight, SimulatedTarget, type FlightPlan, type GameDay } from '../../gamedays';
import { flightParameters } from '../../gamedays/fly';
import { runGameDay } from '../../gamedays/run-game-day';
import { APP_DIRECTORY } from './flight';
import { JUSTIFIED_GRANTS } from './justified-grants';
import { reportGrants, type ObservedGrant } from './unused-grants';

/** Between them they use everything: more days could only use more. */
const DAYS = ['gray-region', 'bad-deployment', 'payment-down', 'both-regions-write'];

/** Flies the days with automation on, and prints for each function what it may do and has not done, and what it was denied. */
async function main(names: readonly string[]): Promise<void> {
  const plan = await prepareFlight(APP_DIRECTORY, { 'tandem:automation': 'on' });
  const grants: ObservedGrant[] = [];
  const denials: string[] = [];
  for (const name of names) {
    const flown = await fly(
      plan,
      CATALOGUE.find((gameDay) => gameDay.name === name)!,
    );
    grants.push(...flown.grants);
    denials.push(...flown.denials);
  }
  const { used, unused, justified, idle } = reportGrants(grants, JUSTIFIED_GRANTS);
  console.log(`${used} grants are used over ${names.join(', ')}.`);
  print('granted but never used', unused);
  print('used but not granted', [...new Set(denials)]);
  print('in the list of reasons and idle', idle);
  console.log(`${justified.length} more are never used, with a reason in test/gamedays/justified-grants.ts.`);
  if (unused.length + denials.length + idle.length > 0) process.exitCode = 1;
}

async function fly(
  plan: FlightPlan,
  gameDay: GameDay,
): Promise<{ grants: readonly ObservedGrant[]; denials: readonly string[] }> {
  const { configuration } = plan;
  const target = new SimulatedTarget({ ...plan, seed: 1, warmUpSeconds: gameDay.warmUpSeconds });
  const parameters = flightParameters({ gameDay, configuration });
  await runGameDay({ gameDay, target, seed: 1, parameters, replay: 'none' });
  const { iam } = target.cloud;
  const ofFunctions = iam.grants().filter(({ principal }) => principal.includes(':assumed-role/'));
  return {
    grants: ofFunctions.map((grant) => ({ ...grant, functionName: grant.principal.split('/').at(-1)! })),
    denials: iam.denials.map(
      ({ principal, action, resource }) => `${principal.split('/').at(-1)}: ${action} on ${resource}`,
    ),
  };
}

function print(title: string, lines: readonly string[]): void {
  console.log(`${lines.length} ${title}`);
  for (const line of lines) console.log(`  ${line}`);
}

main(process.argv.length > 2 ? process.argv.slice(2) : DAYS).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
