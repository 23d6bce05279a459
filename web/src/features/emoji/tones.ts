// Skin tones: how they are written in names, and where they stand in an emoji.

/** From 1 (light) to 5 (dark). */
export type Tone = 1 | 2 | 3 | 4 | 5;

export const tones: readonly Tone[] = [1, 2, 3, 4, 5];

/** As the server reads them at the end of names. */
const WORDS: Record<string, Tone> = {
  light_skin_tone: 1,
  medium_light_skin_tone: 2,
  medium_skin_tone: 3,
  medium_dark_skin_tone: 4,
  dark_skin_tone: 5,
};
const END = /_(?:tone([1-5])(?:-([1-5]))?|((?:medium_light|medium_dark|medium|light|dark)_skin_tone))$/;
// The hands that hold two people together keep their colour.
const BODY = /(?<!\u200d)\p{Emoji_Modifier_Base}\ufe0f?|(?<=\u200d)(?!\u{1f91d})\p{Emoji_Modifier_Base}\ufe0f?/gu;

/** An emoji with skin tones: one for all its people, or one for each. */
export function toned(char: string, given: readonly number[]): string {
  let place = 0;
  return char.replace(BODY, (body) => {
    const tone = given[Math.min(place, given.length - 1)] ?? 0;
    place += 1;
    return `${body.replace("\ufe0f", "")}${String.fromCodePoint(0x1f3fa + tone)}`;
  });
}

/** A name without the tones at its end, and those tones. */
export function splitTones(name: string): { base: string; given: number[] } {
  const given: number[] = [];
  let base = name;
  for (let end = END.exec(base); end; end = END.exec(base)) {
    given.unshift(...[end[1] ?? WORDS[end[3] ?? ""], end[2]].filter((tone) => tone !== undefined).map(Number));
    base = base.slice(0, end.index);
  }
  return { base, given };
}
