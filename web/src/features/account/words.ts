/** Words as somebody lists them: by commas or lines, each once. */
export function wordsIn(text: string): string[] {
  const words = text.split(/[,\n]/).map((word) => word.trim());
  return [...new Set(words.filter(Boolean))];
}
