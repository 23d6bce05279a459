// The desktop app puts an object on the page; the page tells it what a browser's tab would show.

import { store, type State } from "@/lib/store/state";

interface Detection {
  isAutoAwayEnabled: boolean;
  /** Seconds; none is never. */
  idleThreshold: number | null;
  setUserOnline: (online: boolean) => void;
}

interface DesktopNotice {
  title: string;
  body: string;
  icon?: string;
  tag?: string;
  canReply?: boolean;
  requireInteraction?: boolean;
  onEvent: (event: { type: string; detail?: unknown }) => void;
}

/** What the app offers; older ones offer less. */
export interface Desktop {
  setServerInfo?: (info: { version: string }) => void;
  setBadge?: (badge: number | "•" | undefined) => void;
  setFavicon?: (address: string) => void;
  setTitle?: (title: string) => void;
  setUserLoggedIn?: (loggedIn: boolean) => void;
  setUserRoles?: (roles: string[]) => void;
  setUserThemeAppearance?: (theme: string) => void;
  setUserPresenceDetection?: (detection: Detection) => void;
  createNotification?: (notice: DesktopNotice) => Promise<unknown>;
}

declare global {
  interface Window {
    RocketChatDesktop?: Desktop;
  }
}

export function desktop(): Desktop | undefined {
  return window.RocketChatDesktop;
}

function tell({ session, me, settings }: State): void {
  const app = desktop();
  app?.setTitle?.(String(settings.get("Site_Name") ?? location.host));
  app?.setUserLoggedIn?.(session !== undefined);
  if (me?.roles) app?.setUserRoles?.(me.roles);
  const theme = me?.settings?.preferences?.themeAppearence;
  if (typeof theme === "string") app?.setUserThemeAppearance?.(theme);
}

/** Keeps the app in the picture, also when nobody is logged in. */
export function startDesktop(): void {
  const app = desktop();
  if (!app) return;
  const version = document.querySelector<HTMLMetaElement>('meta[name="rocketchat-version"]')?.content;
  if (version) app.setServerInfo?.({ version });
  tell(store.getState());
  store.subscribe((state, before) => {
    if (state.session !== before.session || state.me !== before.me || state.settings !== before.settings) tell(state);
  });
}
