import { classes } from "./classes";
import { PresenceDot, type Presence } from "./PresenceDot";
import { usePicture } from "./pictures";
import styles from "./Avatar.module.css";

export interface AvatarProps {
  /** Whose it is: gives the initials and the colour until the picture is there. */
  name: string;
  /** A person's: `/avatar/<username>`. */
  username?: string;
  /** A room's: `/avatar/room/<rid>`. */
  rid?: string;
  /** Changes with the picture, so that an old one is not kept. */
  etag?: string;
  /** Instead of the server's: a picture just chosen. */
  src?: string;
  size?: 16 | 20 | 24 | 28 | 36 | 48 | 96;
  presence?: Presence;
  className?: string;
}

/** Its address, with nothing in it that would end a quoted one. */
function address({ username, rid, etag, src }: AvatarProps): string | undefined {
  if (src) return src.replaceAll(/["\\\n]/g, encodeURIComponent);
  const path = username ? `/avatar/${encodeURIComponent(username)}` : rid && `/avatar/room/${encodeURIComponent(rid)}`;
  return path && (etag ? `${path}?etag=${encodeURIComponent(etag)}` : path);
}

/** The first letters of the first and the last word, as people see letters. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0] ?? name;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return [first, last].map((word) => [...word][0] ?? "").join("").toLocaleUpperCase();
}

function tint(name: string): number {
  return ([...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % 8) + 1;
}

/** Stands beside the name it belongs to, and so is not named itself; only presence is. */
export function Avatar(props: AvatarProps) {
  const { name, size = 36, presence, className } = props;
  const source = address(props);
  const there = usePicture(source);
  const face = {
    "data-tint": there ? undefined : tint(name),
    "aria-hidden": true,
    style: there ? { backgroundImage: `url("${source}")` } : undefined,
    children: there ? null : size > 20 ? initials(name) : [...initials(name)][0],
  } as const;
  // Most have nothing but a face, and there are many.
  if (!presence) return <span {...face} className={classes(styles.avatar, styles.face, className)} data-size={size} />;
  return (
    <span className={classes(styles.avatar, className)} data-size={size} data-presence={presence}>
      <span {...face} className={styles.face} />
      <span className={styles.presence}>
        <PresenceDot status={presence} />
      </span>
    </span>
  );
}
