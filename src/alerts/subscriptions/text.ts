/** Words about browsers and their subscriptions. */
export const subscriptionsText = {
  taken: 'Another browser has this subscription. Turn notifications off and on again in this one.',
  badForm: 'This could not be read. Load the page again and try it once more.',
  badEndpoint:
    'This browser gets its notifications from a service that this site does not know. Whoever runs the site can add it to PUSH_HOSTS.',
  oldKey: 'This subscription was made for another site. Load the page again and try it once more.',
  notFound: 'This browser is not among yours any more.',
  fallbackDevice: 'A browser',
  test: {
    title: 'This is how alerts arrive',
    body: 'You asked for a test. Press it to choose what you hear of.',
  },
  done: {
    title: 'Your browsers',
    back: 'Back to alerts',
    tested: (label: string) => `Sent to ${label}. It shows within seconds if that browser is open.`,
    later: (label: string) =>
      `The service that brings notifications to ${label} takes no more at the moment. Try it again in a few minutes.`,
    gone: (label: string) =>
      `${label} takes no notifications any more. Open this page in that browser to turn them on again.`,
    failed: (label: string) =>
      `The notification did not go out to ${label}. We have noted it; try it again later.`,
    silent: (label: string) => `Notifications are not turned on in ${label}.`,
    removed: (label: string) => `${label} gets nothing any more.`,
    adopted: (label: string) => `${label} shows your own alerts from now on, until you sign out there.`,
    disowned: (label: string) => `${label} does not show your own alerts any more.`,
  },
};
