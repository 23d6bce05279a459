import { Component, lazy, type ReactNode, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Entry } from "@/features/entry";
import { Button, EmptyState, ErrorState, Toaster, UiProvider } from "@/ui";
import { readSession } from "@/lib/store/local";
import { FactorDialog } from "./FactorDialog";
import { paths } from "./paths";
import { useWorkspace } from "./store";
import { useView } from "./view";

// Who is not logged in needs none of it; who is has it on its way with the page itself.
const loadShell = () => import("./Shell");
const Shell = lazy(async () => ({ default: (await loadShell()).Shell }));
if (readSession()) void loadShell().catch(() => {});

const Admin = lazy(() => import("@/features/admin"));
const ApiDocs = lazy(() => import("@/features/apidocs"));
const Gallery = lazy(() => import("@/features/gallery"));
const Account = lazy(() => import("@/features/account"));
const Directory = lazy(() => import("@/features/directory"));
const Room = lazy(() => import("@/features/room"));
const Invited = lazy(() => import("@/features/invites"));
const Home = lazy(() => import("@/features/room/Home"));

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
              <Workspace />
            </Route>
          </Switch>
        </Suspense>
      </Guard>
    </UiProvider>
  );
}

function Workspace() {
  const session = useWorkspace((state) => state.session);
  // An account may have to choose its name or a new password first.
  const unfinished = useWorkspace(({ me }) => me !== undefined && (!me.username || me.requirePasswordChange === true));
  const settingUp = useView((state) => state.settingUp);
  const [path] = useLocation();
  const outside = /^\/(login|register|setup-wizard|invite|reset-password|verify-email)(\/|$)/.test(path);
  if (!session || unfinished || settingUp) return <Entry />;
  if (outside && !path.startsWith("/invite")) return <Redirect to={paths.home} replace />;
  return (
    <Shell>
      <Suspense fallback={null}>
        <Pages />
      </Suspense>
    </Shell>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/channel/:name">{({ name }) => <Room type="c" name={name} />}</Route>
      <Route path="/group/:name">{({ name }) => <Room type="p" name={name} />}</Route>
      <Route path="/direct/:name">{({ name }) => <Room type="d" name={name} />}</Route>
      <Route path="/directory/*?" component={Directory} />
      <Route path="/account/*?" component={Account} />
      <Route path="/admin/*?" component={Admin} />
      <Route path="/home" component={Home} />
      <Route path="/invite/:token/*?">{({ token }) => <Invited token={decodeURIComponent(token)} />}</Route>
      <Route path="/">
        <Redirect to={paths.home} replace />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function NotFound() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return <EmptyState page icon="compass" title={t("app.notFound.title")} body={t("app.notFound.body")} action={<Button onClick={() => go(paths.home)}>{t("app.notFound.home")}</Button>} />;
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
