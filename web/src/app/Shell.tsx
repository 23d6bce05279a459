import type { ReactNode } from "react";
import { Rail, Sidebar, Overlays } from "@/features/sidebar";
import { useLocation } from "wouter";
import { LinkBanner } from "./LinkBanner";
import styles from "./Shell.module.css";

/** Rail, sidebar and the page beside them; on a phone one of them at a time. */
export function Shell({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  // On a phone the start page is the list of rooms.
  const list = path === "/home" || path === "/";
  return (
    <div className={styles.shell} data-list={list} data-admin={path.startsWith("/admin") || undefined}>
      <LinkBanner />
      <div className={styles.columns}>
        <Rail />
        <Sidebar />
        <main className={styles.page} id="page" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Overlays />
    </div>
  );
}
