import { STRONG_CONSISTENCY_REGION_SETS } from '../../blueprint/regions';
import { listOf, objectOf, ruleOf } from './template-rule';

/**
 * Strong consistency over other than exactly three regions of one set, or with what it excludes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html), and a replica twice.
 */
export const tables = ruleOf('replicas-fit-their-consistency', ['AWS::DynamoDB::GlobalTable'], ({ properties }) => {
  const regionsIn = (property: string): string[] =>
    listOf(properties[property]).map((each) => String(objectOf(each)['Region']));
  const regions = [...regionsIn('Replicas'), ...regionsIn('GlobalTableWitnesses')];
  const isSet = new Set(regions).size === regions.length;
  const twice = isSet ? [] : [`A region is named twice among ${regions.join(', ')}.`];
  if (properties['MultiRegionConsistency'] !== 'STRONG') return twice;
  const sets = STRONG_CONSISTENCY_REGION_SETS as readonly (readonly string[])[];
  const isOneSet = sets.some((set) => regions.every((region) => set.includes(region)));
  return [
    ...twice,
    ...(regions.length === 3 && isOneSet
      ? []
      : [
          `STRONG over ${regions.join(', ')}: it must be three regions of ${sets.map((set) => set.join('/')).join(' or ')}.`,
        ]),
    ...['TimeToLiveSpecification', 'LocalSecondaryIndexes']
      .filter((property) => properties[property] !== undefined)
      .map((property) => `STRONG with ${property}, which it excludes.`),
  ];
});
