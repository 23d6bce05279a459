import { Component, lazy, type ReactNode, Suspense, useEffect } from "react";
import { useTranslation } from "@/i18n";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Entry } from "@/features/entry";
import { ErrorState, part, Toaster, UiProvider } from "@/ui";
import { FactorDialog } from "./FactorDialog";
import { paths } from "./paths";
import { useWorkspace } from "./store";
import { useView } from "./view";

const Gallery = lazy(() => import("@/features/gallery"));
const ApiDocs = lazy(() => import("@/features/apidocs"));
// Who is not logged in needs none of it.
const Workspace = part(async () => (await import("./Workspace")).Workspace);

/** Loads what is shown first. What cannot be loaded says so where it is shown. */
export async function loadFirst(loggedIn: boolean): Promise<void> {
  if (loggedIn) await Workspace.load().catch(() => {});
}

/** The page's frame: who is logged in sees the workspace, everybody else the way in. */
export function App() {
  return (
    <UiProvider>
      <Guard>
        <Toaster />
        <FactorDialog />
        <Suspense fallback={null}>
          <Switch>
            <Route path="/gallery" component={Gallery} />
            <Route path="/api-docs" component={ApiDocs} />
            <Route>
              <Page />
            </Route>
          </Switch>
        </Suspense>
      </Guard>
    </UiProvider>
  );
}

function Page() {
  const session = useWorkspace((state) => state.session);
  // An account may have to choose its name or a new password first.
  const unfinished = useWorkspace(({ me }) => me !== undefined && (!me.username || me.requirePasswordChange === true));
  const settingUp = useView((state) => state.settingUp);
  const [path] = useLocation();
  const outside = /^\/(login|register|setup-wizard|invite|reset-password|verify-email)(\/|$)/.test(path);
  if (!session || unfinished || settingUp) return <Entry />;
  if (outside && !path.startsWith("/invite")) return <Redirect to={paths.home} replace />;
  return <Workspace />;
}

/** What breaks breaks here, with a way on. */
class Guard extends Component<{ children: ReactNode }, { broken: Error | undefined }> {
  override state = { broken: undefined as Error | undefined };

  static getDerivedStateFromError(broken: Error) {
    return { broken };
  }

  override render() {
    return this.state.broken ? <Crashed error={this.state.broken} /> : this.props.children;
  }
}

function Crashed({ error }: { error: Error }) {
  const { t } = useTranslation();
  useEffect(() => {
    // A chunk of an older build is gone after an upgrade of the server: the new build is a reload away.
    if (/dynamically imported module/i.test(error.message) && !sessionStorage.getItem("gantry.reloaded")) {
      sessionStorage.setItem("gantry.reloaded", "1");
      location.reload();
    }
  }, [error]);
  return <ErrorState page title={t("app.crashed.title")} body={t("app.crashed.body")} detail={error.message} onRetry={() => location.reload()} />;
}
