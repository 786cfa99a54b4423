/** Words of feeds. */
export const wireText = {
  feed: {
    section: (name: string) => `The newest stories of ${name}.`,
    topic: (name: string) => `The newest stories about ${name}.`,
    author: (name: string) => `The newest stories by ${name}.`,
    series: (title: string) => `The newest parts of the series ${title}.`,
    original: 'First published at',
    notFound: 'There is no feed at this address.',
  },
  sitemap: {
    notFound: 'There is no sitemap at this address. Start at /sitemap.xml.',
  },
};
