/** Parameters that say where a visitor came from; a page is the same with and without them. */
const tracking =
  /^(utm_[a-z_]+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|ref_src|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|s_cid|cmpid)$/i;

/**
 * The name of a page in the store: its address without tracking parameters, the rest in order, the country and
 * whether the reader saves data.
 * @param target path and query, as in the request line
 */
export function pageKey(target: string, country: string | undefined, saveData: boolean): string {
  return `${country ?? ''}${saveData ? '~' : ' '}${withoutTracking(target)}`;
}

/** An address as the page store knows it: what says where a visitor came from is gone, the rest is in order. */
export function withoutTracking(target: string): string {
  const mark = target.indexOf('?');
  if (mark < 0) return target;
  const parameters = [...new URLSearchParams(target.slice(mark + 1))].filter(
    ([name]) => !tracking.test(name),
  );
  if (parameters.length === 0) return target.slice(0, mark);
  parameters.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  return `${target.slice(0, mark)}?${new URLSearchParams(parameters).toString()}`;
}
