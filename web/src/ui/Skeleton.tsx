import type { CSSProperties } from "react";
import { useTranslation } from "@/i18n";
import { classes } from "./classes";
import styles from "./Skeleton.module.css";

export interface SkeletonProps {
  shape?: "text" | "block" | "avatar";
  /** Any CSS length. */
  width?: string;
  height?: string;
  /** Without breathing: where it stands for long, out of sight as often as not. */
  still?: boolean;
  className?: string;
}

export function Skeleton({ shape = "text", width, height, still, className }: SkeletonProps) {
  const sizes = { "--width": width, "--height": height } as CSSProperties;
  return <span aria-hidden="true" className={classes(styles.bone, className)} data-shape={shape} data-still={still} style={sizes} />;
}

export interface SkeletonListProps {
  rows?: number;
  avatar?: boolean;
  /** Read out instead of "Loading". */
  label?: string;
}

/** Lines where a list will stand, of unlike lengths, always the same. */
export function SkeletonList({ rows = 6, avatar, label }: SkeletonListProps) {
  const { t } = useTranslation();
  return (
    <output className={styles.list}>
      <span className="sr-only">{label ?? t("ui.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={styles.row}>
          {avatar && <Skeleton shape="avatar" />}
          <Skeleton width={`${38 + ((row * 29) % 47)}%`} />
        </span>
      ))}
    </output>
  );
}
