import { useTranslation } from "@/i18n";
import { Route, Switch, useSearch } from "wouter";
import { NewUser } from "./NewUser";
import { UserDetails } from "./UserDetails";
import { UserList } from "./UserList";

/** The accounts: a list, and the page of each. */
export default function Users() {
  const { i18n } = useTranslation();
  const asked = new URLSearchParams(useSearch()).get("q") ?? "";
  return (
    <Switch>
      <Route path="/admin/users/new" component={NewUser} />
      <Route path="/admin/users/:id">{({ id }) => <UserDetails key={id} id={decodeURIComponent(id)} language={i18n.language} />}</Route>
      <Route>
        <UserList key={asked} asked={asked} />
      </Route>
    </Switch>
  );
}
