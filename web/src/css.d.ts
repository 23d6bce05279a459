import "react";

declare module "react" {
  /** Custom properties are how a part is told what only it knows, as a width that was dragged. */
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
