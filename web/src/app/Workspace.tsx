import { lazy, Suspense } from "react";
import { useTranslation } from "@/i18n";
import { Redirect, Route, Switch, useLocation } from "wouter";
import Room from "@/features/room";
import Home from "@/features/room/Home";
import { Button, EmptyState } from "@/ui";
import { decoded, paths } from "./paths";
import { Shell } from "./Shell";

const Account = lazy(() => import("@/features/account"));
const Admin = lazy(() => import("@/features/admin"));
const Directory = lazy(() => import("@/features/directory"));
const Invited = lazy(() => import("@/features/invites"));

/** What somebody who is logged in sees. Its frame, rooms and start page are loaded in one piece; a page beside them when it is first opened. */
export function Workspace() {
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
      <Route path="/invite/:token/*?">{({ token }) => <Invited token={decoded(token)} />}</Route>
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

