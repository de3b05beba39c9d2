/** Letters count from A = 10 on; as both IBAN and ISO 11649 ask for (ISO 7064, mod 97-10). */
export function remainder97(text: string): number {
  let remainder = 0;
  for (const letter of text) {
    const value = parseInt(letter, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
