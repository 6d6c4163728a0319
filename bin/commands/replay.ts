/** The command that flies the same again. */
export function replayCommand(gameDay: string, seed: number, context: Readonly<Record<string, string>>): string {
  const settings = Object.entries(context).map(([key, value]) => ` -c ${key}=${value}`);
  return `npm run -s tandem -- gameday run ${gameDay} --seed ${seed}${settings.join('')}`;
}
