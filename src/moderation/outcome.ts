/**
 * What became of something that was handed in: `slip` was refused for what is held against nobody, such as its length;
 * `removed` was posted and taken away later.
 */
export type Outcome = 'allow' | 'hold' | 'reject' | 'slip' | 'removed';
