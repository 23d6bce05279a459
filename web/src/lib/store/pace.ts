// When what arrives is shown: with the next frame; where much arrives, ten times a second; and to who types, between the keys.

/** While much arrives it is shown this often, in milliseconds as all here. */
const CROWD = 100;
/**
 * The same for who types. A key that comes within some frames of another change waits for the next of the browser's ticks, and is seen up to
 * 17 ms later than on a page at rest: that must not happen to many.
 */
const TYPED = 500;
/** Somebody who pressed a key this short a time ago types, and presses the next within that; where not, nothing waits for it longer. */
const TYPING = 400;
const NEXT_KEY = 250;
/** Where a page is hidden, and has no frames. */
const HIDDEN = 50;

const visible = () => typeof document !== "undefined" && document.visibilityState === "visible";

/** Does `work` once for however many times it was asked to, at a time when that disturbs least. */
export class Pace {
  private asked = false;
  /** From when on it may be done. */
  private due = 0;
  private done = -CROWD;
  private pressed = -TYPING;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly work: () => void) {
    if (typeof document === "undefined") return;
    document.addEventListener("keydown", () => this.key(), { capture: true, passive: true });
    // A page that is hidden now does not get the frame that it was promised before.
    document.addEventListener("visibilitychange", () => this.now());
  }

  /** With the next frame, or a moment later. */
  soon(): void {
    if (this.asked) return;
    this.asked = true;
    const now = performance.now();
    const typing = now - this.pressed < TYPING;
    this.due = Math.max(now, this.done + (typing ? TYPED : CROWD));
    const wait = this.due - now + (typing ? NEXT_KEY : 0);
    if (wait > 0) this.timer = setTimeout(() => this.frame(), wait);
    else this.frame();
  }

  now(): void {
    clearTimeout(this.timer);
    this.asked = false;
    this.work();
  }

  private frame(): void {
    clearTimeout(this.timer);
    if (visible()) requestAnimationFrame(() => this.arrive());
    else this.timer = setTimeout(() => this.arrive(), HIDDEN);
  }

  /** Right after a key has been painted the next one is as far away as it will be. */
  private key(): void {
    this.pressed = performance.now();
    if (!this.asked || this.pressed < this.due || !visible()) return;
    clearTimeout(this.timer);
    requestAnimationFrame(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.arrive());
    });
  }

  private arrive(): void {
    // It may have been done at once meanwhile.
    if (!this.asked) return;
    this.done = performance.now();
    this.now();
  }
}
