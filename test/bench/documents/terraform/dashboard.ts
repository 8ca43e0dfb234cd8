/** A dashboard of a workload, which only large configurations have. */
import { jsonencode, type Argument } from './configuration.ts';
import { resource, type Topic, type Workload } from './workload.ts';

const METRICS = ['Latency', 'Errors', 'Requests', 'Age'];

export const dashboard: Topic = (w) => {
  const id = w.id('dashboard');
  return [
    resource('aws_cloudwatch_dashboard', id, {
      dashboard_name: w.physical(id.replaceAll('_', '-')),
      dashboard_body: jsonencode({ widgets: Array.from({ length: 10 * w.detail }, (_, index) => widget(w, index)) }),
    }),
  ];
};

function widget({ name, random }: Workload, index: number): Argument {
  return {
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title: `${random.pick(METRICS)} of ${name}`,
      region: '${data.aws_region.current.name}',
      stat: random.pick(['p95', 'Sum', 'Average']),
      period: 60,
      metrics: [[`shop/${name}`, random.pick(METRICS), 'Stage', '${var.stage}']],
    },
  };
}
