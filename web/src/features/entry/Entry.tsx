import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useSetting, useWorkspace } from "@/app/store";
import { useView } from "@/app/view";
import { EntryFrame } from "./EntryFrame";
import { LoginPage } from "./LoginPage";
import { ChoosePassword, ChooseUsername } from "./Unfinished";
import { RegisterPage, ToLogin } from "./RegisterPage";

const InvitedPage = lazy(() => import("./InvitedPage"));
const Setup = lazy(() => import("./setup/Setup"));

/** The way in: first run, log in, register; and what an account lacks before it may go on. */
export function Entry() {
  const session = useWorkspace((state) => state.session);
  const me = useWorkspace((state) => state.me);
  const [path] = useLocation();
  if (path.startsWith(paths.setup)) return <FirstRun />;
  if (session && me?.requirePasswordChange) return <ChoosePassword />;
  if (session && me && !me.username) return <ChooseUsername name={me.name ?? ""} />;
  return <Doors />;
}

/** The first page waits a moment for what the server says of itself, so that no other page flashes before it. */
const MOMENT = 1_500;

function Doors() {
  const wizard = useSetting("Show_Setup_Wizard");
  const known = useWorkspace((state) => state.settings.size > 0);
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), MOMENT);
    return () => clearTimeout(timer);
  }, []);
  if (!known && !waited) return null;
  if (wizard === "pending") return <Redirect to={paths.setup} replace />;
  return (
    <Switch>
      <Route path="/register">
        <RegisterPage />
      </Route>
      <Route path="/register/:secret">{({ secret }) => <RegisterPage secret={secret} />}</Route>
      <Route path="/invite/:token/login">{({ token }) => <LoginPage invite={decodeURIComponent(token)} />}</Route>
      <Route path="/invite/:token/register">{({ token }) => <RegisterPage invite={decodeURIComponent(token)} />}</Route>
      <Route path="/invite/:token">
        {({ token }) => (
          <Suspense fallback={null}>
            <InvitedPage token={decodeURIComponent(token)} />
          </Suspense>
        )}
      </Route>
      <Route path="/reset-password/*?">
        <NotYet kind="reset" />
      </Route>
      <Route path="/verify-email/*?">
        <NotYet kind="verify" />
      </Route>
      <Route>
        <LoginPage />
      </Route>
    </Switch>
  );
}

function FirstRun() {
  const done = useSetting("Show_Setup_Wizard");
  // The server says "completed" as soon as there is an administrator: before the last step is done.
  const settingUp = useView((state) => state.settingUp);
  if (done === "completed" && !settingUp) return <Redirect to={paths.login} replace />;
  return (
    <Suspense fallback={null}>
      <Setup />
    </Suspense>
  );
}

/** Addresses that links in mails have, of which this server sends none yet. */
function NotYet({ kind }: { kind: "reset" | "verify" }) {
  const { t } = useTranslation();
  return (
    <EntryFrame title={t(`entry.notYet.${kind}.title`)} lead={t(`entry.notYet.${kind}.body`)}>
      <ToLogin />
    </EntryFrame>
  );
}
