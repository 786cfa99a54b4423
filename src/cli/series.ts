import { listSeries, saveSeries } from '../stories/index.ts';
import { keepDirectory } from './keep-directory.ts';

export const command = keepDirectory({
  name: 'series',
  summary: 'list the series, make one or rename one',
  usage: `freesheet series                                   list the series
freesheet series SLUG TITLE [--description TEXT]   make a series, or change it`,
  options: { description: { type: 'string' } },
  list: async (db) => (await listSeries(db, { limit: 1000 })).map(({ slug, title }) => [slug, title]),
  save: (tx, slug, title, { description }) => saveSeries(tx, { slug, title, description }),
});
