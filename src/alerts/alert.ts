/** What there is to hear of. The first five are public: a browser without an account may ask for them. */
export const publicKinds = ['breaking', 'section', 'topic', 'author', 'story'] as const;
/** What is one reader's own business: told where that reader is signed in, and nowhere else. */
export const personalKinds = ['reader', 'reply', 'mention', 'pick', 'follower', 'decision'] as const;
export type PublicKind = (typeof publicKinds)[number];
export type PersonalKind = (typeof personalKinds)[number];
export type AlertKind = PublicKind | PersonalKind;

/** How it is told. All but `off` stand in an account's inbox too. `daily` and `weekly` are mails that gather. */
export const alertChannels = ['push', 'mail', 'daily', 'weekly', 'inbox', 'off'] as const;
export type AlertChannel = (typeof alertChannels)[number];

/** How grave it is. `breaking` is the gravest, and may be let through quiet hours. */
export const alertUrgencies = ['breaking', 'important', 'normal'] as const;
export type AlertUrgency = (typeof alertUrgencies)[number];

/** Whose choices: an account's, or those of one browser. */
export type AlertOwner = `reader:${string}` | `browser:${string}`;
