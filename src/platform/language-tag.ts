/** True for a well-formed language tag (BCP 47) such as en or pt-PT: Intl throws on any other. */
export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
