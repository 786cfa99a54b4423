import { listTopics, saveTopic } from '../stories/index.ts';
import { keepDirectory } from './keep-directory.ts';

export const command = keepDirectory({
  name: 'topic',
  summary: 'list the topics, make one or rename one',
  usage: `freesheet topic                                    list the topics
freesheet topic SLUG NAME [--description TEXT]     make a topic, or change it`,
  options: { description: { type: 'string' } },
  list: async (db) => (await listTopics(db, { limit: 1000 })).map(({ slug, name }) => [slug, name]),
  save: (tx, slug, name, { description }) => saveTopic(tx, { slug, name, description }),
});
