import { useTranslation } from "@/i18n";
import { Route, Switch, useSearch } from "wouter";
import { RoomDetails } from "./RoomDetails";
import { RoomList } from "./RoomList";

/** All rooms, and the page of each. */
export default function Rooms() {
  const { i18n } = useTranslation();
  const asked = new URLSearchParams(useSearch()).get("q") ?? "";
  return (
    <Switch>
      <Route path="/admin/rooms/:rid">{({ rid }) => <RoomDetails key={rid} rid={decodeURIComponent(rid)} language={i18n.language} />}</Route>
      <Route>
        <RoomList key={asked} asked={asked} />
      </Route>
    </Switch>
  );
}
