export { parseDate, parseTime, type DateOptions, type ParsedDate } from './dates.ts';
export { migrations } from './migrations.ts';
