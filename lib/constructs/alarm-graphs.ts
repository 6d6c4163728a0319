import { Color, GraphWidget, type HorizontalAnnotation, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { thresholdIn, type AlarmDefinition } from '../../blueprint/alarms';
import type { Stage } from '../../blueprint/capacity';

/** Of the 24 columns of a dashboard. */
const GRAPH_WIDTH = 6;
const GRAPHS_A_ROW = 4;

/** Alarms on one figure, which differ in place, window or threshold only. The one with the shortest period is the first. */
export type AlarmGroup = readonly [AlarmDefinition, ...AlarmDefinition[]];

/** The alarms by what they watch, in the order in which the table first names it. */
export function groupByFigure(alarms: readonly AlarmDefinition[]): AlarmGroup[] {
  const groups = new Map<string, [AlarmDefinition, ...AlarmDefinition[]]>();
  for (const alarm of alarms) {
    const figure = JSON.stringify([alarm.metric, alarm.statistic]);
    const group = groups.get(figure);
    if (group === undefined) groups.set(figure, [alarm]);
    else if (alarm.periodSeconds < group[0].periodSeconds) group.unshift(alarm);
    else group.push(alarm);
  }
  return [...groups.values()];
}

/** A graph of one figure with a line at every threshold on it. */
export function alarmGraph(group: AlarmGroup, left: IMetric[], stage: Stage): GraphWidget {
  const thresholds = new Map<number, string>();
  for (const alarm of group) {
    const value = thresholdIn(alarm, stage);
    if (!thresholds.has(value)) thresholds.set(value, `${alarm.id}: ${alarm.breaches ?? 'at-or-above'}`);
  }
  return new GraphWidget({
    title: group.length === 1 ? group[0].id : `${group[0].id} and ${group.length - 1} more`,
    width: GRAPH_WIDTH,
    left,
    leftAnnotations: [...thresholds].map(([value, label]): HorizontalAnnotation => ({
      value,
      label,
      color: Color.RED,
    })),
  });
}

/** Rows of as many widgets as fit beside each other. */
export function rowsOf(widgets: readonly IWidget[]): IWidget[][] {
  return Array.from({ length: Math.ceil(widgets.length / GRAPHS_A_ROW) }, (_, row) =>
    widgets.slice(row * GRAPHS_A_ROW, (row + 1) * GRAPHS_A_ROW),
  );
}
