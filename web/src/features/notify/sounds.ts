// Short tones, made here: there is nothing to load, and nothing that the page's policy could refuse.

/** One tone: its pitch in hertz, when it begins and how long it rings, in seconds. */
interface Tone {
  pitch: number;
  at: number;
  rings: number;
}

/** By the names that the server's settings know; a name that is none of these sounds as the first. */
const tunes: Record<string, readonly Tone[]> = {
  chime: [
    { pitch: 880, at: 0, rings: 0.28 },
    { pitch: 1318.5, at: 0.09, rings: 0.4 },
  ],
  ding: [{ pitch: 1174.7, at: 0, rings: 0.5 }],
  beep: [
    { pitch: 660, at: 0, rings: 0.12 },
    { pitch: 660, at: 0.16, rings: 0.12 },
  ],
  droplet: [
    { pitch: 523.3, at: 0, rings: 0.09 },
    { pitch: 784, at: 0.06, rings: 0.18 },
  ],
};

export const soundNames: readonly string[] = Object.keys(tunes);

/** The sound that is to be heard: the room's own, else the preferred one; nothing for silence. */
export function soundFor(room: string | undefined, preferred: string | undefined): string | undefined {
  const chosen = room && room !== "default" ? room : (preferred ?? "chime");
  return chosen === "none" ? undefined : chosen;
}

/** After so many milliseconds a sound tells of nothing any more. */
const LATE = 500;

let context: AudioContext | undefined;

function ring(audio: AudioContext, { pitch, at, rings }: Tone, volume: number): void {
  const begins = audio.currentTime + at;
  const source = audio.createOscillator();
  const gain = audio.createGain();
  source.type = "sine";
  source.frequency.value = pitch;
  gain.gain.setValueAtTime(0, begins);
  gain.gain.linearRampToValueAtTime(volume, begins + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0001, begins + rings);
  source.connect(gain).connect(audio.destination);
  source.start(begins);
  source.stop(begins + rings);
}

/** Plays a sound, from silent 0 to full 100. A page that nobody has touched yet may not, and stays silent. */
export function playSound(name: string, volume = 100): void {
  if (name === "none" || volume <= 0 || typeof AudioContext === "undefined") return;
  const tune = tunes[name] ?? tunes.chime ?? [];
  context ??= new AudioContext();
  const audio = context;
  const asked = Date.now();
  const play = () => {
    // A page that is touched at last does not catch up on what it could not play.
    if (Date.now() - asked < LATE) tune.forEach((tone) => ring(audio, tone, Math.min(volume, 100) / 400));
  };
  audio.resume().then(play, () => {});
}
