/** Where notifications are allowed again, for each browser that readers use. */
export const guides = [
  'chrome',
  'chrome-android',
  'edge',
  'edge-android',
  'firefox',
  'firefox-android',
  'safari-mac',
  'iphone',
  'samsung',
  'other',
] as const;
export type Guide = (typeof guides)[number];

export interface GuideText {
  readonly name: string;
  /** What to know before the first step. */
  readonly note?: string;
  readonly steps: readonly string[];
}

/** Words of the help page. @param site host of the paper, as browsers list it */
export const helpText = {
  title: 'How to allow notifications',
  lede: 'A site that was blocked once cannot ask again: only you can change that, in the settings of your browser.',
  yours: (device: string) => `It looks as if you use ${device}.`,
  others: 'Other browsers',
  afterwards: 'Then come back and press the button.',
  toAsk: 'Turn on notifications',
  toAlerts: 'All about alerts',
  system: 'If nothing shows all the same',
  systems: {
    windows:
      'Windows can hold notifications back: open Settings, System, Notifications, switch them on for your browser, and look whether “Do not disturb” is on.',
    mac: 'macOS can hold notifications back: open System Settings, Notifications, choose your browser, switch “Allow notifications” on, and look whether a Focus is on.',
    android:
      'Android can hold notifications back: open Settings, Notifications, App notifications, and switch them on for your browser. Look whether “Do not disturb” is on.',
    iphone:
      'iOS can hold notifications back: open Settings, Notifications, choose the paper in the list of apps, and switch “Allow Notifications” on. Look whether a Focus is on.',
    other:
      'The system that your device runs can hold notifications back: look in its settings whether your browser may show them, and whether “Do not disturb” is on.',
  },
  guide: (site: string): Readonly<Record<Guide, GuideText>> => ({
    chrome: {
      name: 'Chrome on a computer',
      steps: [
        'Press the icon left of the address, at the top of the window.',
        'Switch “Notifications” on. If it is not there, press “Site settings” and set “Notifications” to “Allow”.',
        'Load the page again.',
      ],
    },
    'chrome-android': {
      name: 'Chrome on Android',
      steps: [
        'Press the icon left of the address, then “Permissions”.',
        'Press “Notifications” and switch them on. If they are not there: the three dots, “Settings”, “Site settings”, “Notifications”, and this site under “Blocked”.',
        'Load the page again.',
      ],
    },
    edge: {
      name: 'Edge on a computer',
      steps: [
        'Press the padlock left of the address, then “Permissions for this site”.',
        'Set “Notifications” to “Allow”.',
        'Load the page again.',
      ],
    },
    'edge-android': {
      name: 'Edge on Android',
      steps: [
        'Press the menu, then “Settings”, “Privacy and security”, “Site permissions”, “Notifications”.',
        `Press ${site} under “Blocked”, and choose “Allow”.`,
        'Load the page again.',
      ],
    },
    firefox: {
      name: 'Firefox on a computer',
      note: 'Private windows of Firefox take no notifications: use a usual one.',
      steps: [
        'Press the crossed-out bubble, or the padlock, left of the address.',
        'Beside “Send notifications”, press the × of “Blocked”.',
        'If it is not there: Settings, “Privacy & Security”, “Permissions”, “Notifications”, “Settings…”, and set this site to “Allow”.',
        'Load the page again.',
      ],
    },
    'firefox-android': {
      name: 'Firefox on Android',
      steps: [
        'Press the padlock left of the address.',
        'Press “Notification” until it says “Allowed”. If it is not there: the three dots, “Settings”, “Site permissions”, “Notification”.',
        'Load the page again.',
      ],
    },
    'safari-mac': {
      name: 'Safari on a Mac',
      note: 'On an iPad, which may call itself a Mac, the paper has to be on the Home Screen first: see iPhone and iPad.',
      steps: [
        'In the menu, press Safari, “Settings…”, “Websites”, and then “Notifications” at the side.',
        `Find ${site} in the list and choose “Allow”.`,
        'Load the page again.',
      ],
    },
    iphone: {
      name: 'iPhone and iPad',
      note: 'On iPhone and iPad, websites can show notifications only from the Home Screen, whichever browser you use. It takes iOS 16.4 or later.',
      steps: [
        'Press the share button, then “Add to Home Screen”, and “Add”.',
        'Open the paper from its new icon on the Home Screen.',
        'Press the bell there, and allow notifications.',
        'If they were blocked there: open Settings, “Notifications”, choose the paper in the list of apps, and switch “Allow Notifications” on.',
      ],
    },
    samsung: {
      name: 'Samsung Internet',
      steps: [
        'Press the menu at the bottom, then “Settings”, “Sites and downloads”, “Notifications”.',
        `Switch ${site} on.`,
        'Load the page again.',
      ],
    },
    other: {
      name: 'Another browser',
      steps: [
        'Press what stands left of the address, such as a padlock, or open the settings of your browser and search them for “notifications”.',
        `Set notifications of ${site} to “Allow”.`,
        'Load the page again.',
      ],
    },
  }),
};
