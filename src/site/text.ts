/** Words of the shell: what stands around every page. */
export const siteText = {
  skip: 'Skip to the text',
  search: 'Search',
  sections: 'Sections',
  front: 'Front page',
  archive: 'Archive',
  about: 'About',
  corrections: 'Corrections',
  accessibility: 'Accessibility',
  privacy: 'Privacy',
  feeds: 'Feed',
  topics: 'Topics',
  textEdition: 'Text-only edition',
  more: 'More',
  footer: 'About this paper',
  published: (publisher: string) => `Published by ${publisher}. Open to everyone.`,
  titleOf: (title: string, name: string) => (title === name ? name : `${title} | ${name}`),
};
