/** Text as it is searched: lower case, without accents; the same for what is kept and what is typed. */
export function foldSearchText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
