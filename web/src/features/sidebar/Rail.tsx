import { memo } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useMayAny } from "@/app/store";
import { useView, view } from "@/app/view";
import { OwnMenu } from "@/features/people";
import { IconButton, type IconName } from "@/ui";
import { ADMINISTER } from "./administers";
import { useRegions } from "./useRegions";
import styles from "./Rail.module.css";


/** The way between the parts of the workspace. What an address changes of it, its buttons see for themselves. */
export const Rail = memo(function Rail() {
  const { t } = useTranslation();
  const administers = useMayAny(ADMINISTER);
  const open = useView((state) => state.sidebarOpen);
  useRegions();
  return (
    <>
      <a className={styles.skip} href="#page" onClick={skip}>
        {t("sidebar.skip")}
      </a>
      <nav className={styles.rail} aria-label={t("sidebar.workspace")} data-region="rail" data-rail>
        <Way to={paths.home} icon="home" label={t("sidebar.rail.home")} />
        <Way to={`${paths.directory}/channels`} icon="compass" label={t("sidebar.rail.directory")} within={paths.directory} />
        <IconButton icon="pencil" label={t("sidebar.newMessage")} tooltipSide="inline-end" onClick={() => view.setState({ create: "direct" })} />
        {administers && <Way to={paths.admin} icon="gear" label={t("sidebar.rail.admin")} />}
        <span className={styles.space} />
        <span className={styles.desktop}>
          <IconButton icon="keyboard" label={t("sidebar.rail.help")} shortcut="?" tooltipSide="inline-end" onClick={() => view.setState({ help: true })} />
          <IconButton
            icon="sidebar"
            label={t(open ? "sidebar.rail.close" : "sidebar.rail.open")}
            aria-expanded={open}
            aria-controls="sidebar"
            tooltipSide="inline-end"
            onClick={() => view.setState({ sidebarOpen: !open })}
          />
        </span>
        <OwnMenu />
      </nav>
    </>
  );
});

function skip(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("page")?.focus();
}

/** A place of the workspace, marked when one is there. */
function Way({ to, icon, label, within = to }: { to: string; icon: IconName; label: string; within?: string }) {
  const [path, go] = useLocation();
  const here = path === within || path.startsWith(`${within}/`);
  return <IconButton icon={icon} label={label} tooltipSide="inline-end" className={styles.way} aria-current={here ? "page" : undefined} onClick={() => go(to)} />;
}
