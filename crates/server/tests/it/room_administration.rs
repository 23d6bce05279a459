//! Lists of rooms: all of them for who administers them, the own, and members by their roles.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};

async fn names(user: &User, path: &str, query: &[(&str, &str)], key: &str) -> Vec<Value> {
    let page = user.rest.get(path, query).await.ok();
    page[key].as_array().unwrap().iter().map(|room| room["name"].clone()).collect()
}

both_databases! {
    async fn who_administers_rooms_sees_all_but_what_is_said(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let admin = &server.admin;
        ann.channel("open", &[]).await;
        let closed = ann.group("closed", &[]).await;
        ann.says(&closed, "secret").await;
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        ann.says(direct.as_str().unwrap(), "secret").await;
        assert_eq!(names(admin, "rooms.adminRooms", &[("types[]", "p")], "rooms").await, ["closed"]);
        assert_eq!(names(admin, "rooms.adminRooms", &[("filter", "OPE")], "rooms").await, ["open"]);
        assert_eq!(names(admin, "rooms.adminRooms", &[("types[]", "l")], "rooms").await, Vec::<Value>::new());
        let all = admin.rest.get("rooms.adminRooms", &[("count", "2")]).await.ok();
        assert!(all["total"].as_i64().unwrap() >= 3 && all["count"] == 2, "{all}");
        assert_eq!(names(admin, "groups.listAll", &[], "groups").await, ["closed"]);
        for path in ["dm.list.everyone", "im.list.everyone"] {
            let page = admin.rest.get(path, &[]).await.ok();
            assert_eq!((&page["ims"][0]["_id"], &page["total"]), (&direct, &json!(1)));
        }
        let one = admin.rest.get("rooms.adminRooms.getRoom", &[("rid", &closed)]).await.ok();
        assert_eq!((&one["_id"], &one["usersCount"], &one["u"]["username"]), (&json!(closed), &json!(1), &json!("ann")));
        let none = admin.rest.get("rooms.adminRooms.getRoom", &[("rid", "nowhere")]).await;
        assert_eq!((none.status, &none.json["error"]), (400, &json!("not-allowed")));
        for (path, query) in [
            ("rooms.adminRooms", vec![]),
            ("rooms.adminRooms.getRoom", vec![("rid", closed.as_str())]),
            ("groups.listAll", vec![]),
            ("dm.list.everyone", vec![]),
            ("im.list.everyone", vec![]),
        ] {
            let told = admin.rest.get(path, &query).await.ok();
            assert!(!told.to_string().contains("secret"), "{path}: {told}");
            let refused = ann.rest.get(path, &query).await;
            assert_eq!(refused.status, 403, "{path}");
            server.nobody().get(path, &query).await.not_logged_in();
        }
        admin.rest.get("rooms.adminRooms", &[("sort", "x")]).await.refused(400, "error-invalid-sort");
        drop(bob);
    }

    async fn the_own_channels_are_listed(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        ann.channel("anns", &[]).await;
        ann.group("closed", &[]).await;
        bob.channel("bobs", &[]).await;
        assert_eq!(names(&ann, "channels.list.joined", &[], "channels").await, ["anns", "general"]);
        assert_eq!(names(&ann, "channels.list.joined", &[("offset", "1")], "channels").await, ["general"]);
        server.nobody().get("channels.list.joined", &[]).await.not_logged_in();
    }

    async fn owners_come_first_among_members(server: Server) {
        let [zoe, bob, cat, ann, eve] = server.users(["zoe", "bob", "cat", "ann", "eve"]).await;
        let rid = zoe.group("plans", &[&bob, &cat, &ann]).await;
        zoe.rest.post("groups.addModerator", json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        zoe.rest.post("groups.addLeader", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        let path = "rooms.membersOrderedByRole";
        let page = ann.rest.get(path, &[("roomId", &rid)]).await.ok();
        let shown: Vec<(&Value, &Value)> =
            page["members"].as_array().unwrap().iter().map(|one| (&one["username"], &one["roles"])).collect();
        let (none, zoes, cats, bobs) = (Value::Null, json!(["owner"]), json!(["moderator"]), json!(["leader"]));
        let [z, c, a, b] = ["zoe", "cat", "ann", "bob"].map(|name| json!(name));
        assert_eq!(shown, [(&z, &zoes), (&c, &cats), (&a, &none), (&b, &bobs)]);
        let part = ann.rest.get(path, &[("roomName", "plans"), ("filter", "o"), ("count", "1"), ("offset", "1")]).await.ok();
        assert_eq!((&part["members"][0]["username"], &part["total"]), (&b, &json!(2)));
        eve.rest.get(path, &[("roomId", &rid)]).await.refused(400, "error-room-not-found");
        ann.rest.get(path, &[]).await.refused(400, "error-invalid-params");
        server.nobody().get(path, &[("roomId", &rid)]).await.not_logged_in();
    }
}
