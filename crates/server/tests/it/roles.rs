//! Roles, permissions and settings by method and call: who hands them out, and that they hold at once.

use crate::world::{PASSWORD, Server, User};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const GIVE: &str = "authorization:addUserToRole";
const TAKE: &str = "authorization:removeUserFromRole";

async fn error(socket: &Ddp, method: &str, params: Value) -> Value {
    let refused = socket.call(method, params.clone()).await;
    refused.expect_err(&format!("{method} {params} was not refused"))["error"].clone()
}

async fn roles(user: &User) -> Value {
    user.rest.get("me", &[]).await.ok()["roles"].clone()
}

both_databases! {
    async fn roles_are_given_and_taken_at_once(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (admins, anns) = (server.admin.socket().await, ann.socket().await);
        anns.stream("stream-notify-logged", "roles-change").await;
        let give = json!({ "roleId": "bot", "username": "ANN" });
        let given = server.admin.rest.post("roles.addUserToRole", give.clone()).await.as_published().ok();
        assert_eq!(given["role"]["_id"], "bot");
        anns.expect_where("stream-notify-logged", "roles-change", SOON, |args| args[0]["type"] == "added").await;
        assert_eq!(roles(&ann).await, json!(["user", "bot"]));
        server.admin.rest.post("roles.addUserToRole", give).await.refused(400, "error-user-already-in-role");
        let take = json!({ "roleId": "bot", "username": "ann" });
        server.admin.rest.post("roles.removeUserFromRole", take.clone()).await.as_published().ok();
        assert_eq!(roles(&ann).await, json!(["user"]));
        server.admin.rest.post("roles.removeUserFromRole", take).await.refused(400, "error-user-not-in-role");
        assert_eq!(admins.call(GIVE, json!(["bot", "ann", null])).await, Ok(json!(true)));
        assert_eq!(admins.call(GIVE, json!(["bot", "ann"])).await, Ok(json!(true)));
        assert_eq!(admins.call(TAKE, json!(["bot", "ann"])).await, Ok(json!(true)));
        assert_eq!(roles(&ann).await, json!(["user"]));
        // What the role brings holds at once, and ends at once.
        assert_eq!(admins.call("setAdminStatus", json!([bob.id(), true])).await, Ok(Value::Null));
        bob.rest.get("settings/Site_Name", &[]).await.ok();
        let badges = ann.rest.get("roles.getUsersInPublicRoles", &[]).await.as_published().ok();
        assert!(badges["users"].as_array().unwrap().iter().any(|one| one["username"] == "bob"), "{badges}");
        assert_eq!(admins.call("setAdminStatus", json!([bob.id(), false])).await, Ok(Value::Null));
        bob.rest.get("settings/Site_Name", &[]).await.refused_with(
            403,
            "User does not have the permissions required for this action [error-unauthorized]",
        );
    }

    async fn roles_of_a_room_are_given_in_it(server: Server) {
        let [ann, bob, _] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        let give = |who: &str| json!({ "roleId": "moderator", "username": who, "roomId": rid });
        server.admin.rest.post("roles.addUserToRole", give("bob")).await.ok();
        let seat = bob.rest.get("subscriptions.getOne", &[("roomId", &rid)]).await.ok();
        assert_eq!(seat["subscription"]["roles"], json!(["moderator"]));
        server.admin.rest.post("roles.addUserToRole", give("cat")).await.refused(400, "error-invalid-user");
        let nowhere = json!({ "roleId": "moderator", "username": "bob" });
        server.admin.rest.post("roles.addUserToRole", nowhere).await.refused(400, "error-invalid-user");
        let take = json!({ "roleId": "moderator", "username": "bob", "scope": rid });
        server.admin.rest.post("roles.removeUserFromRole", take).await.ok();
        let last = json!({ "roleId": "owner", "username": "ann", "scope": rid });
        server.admin.rest.post("roles.removeUserFromRole", last).await.refused(400, "error-you-are-last-owner");
    }

    async fn who_may_not_hand_out_roles_does_not(server: Server) {
        let [ann, _] = server.users(["ann", "bob"]).await;
        let (admins, anns) = (server.admin.socket().await, ann.socket().await);
        for (socket, method, params, id) in [
            (&anns, GIVE, json!(["admin", "ann"]), json!("error-action-not-allowed")),
            (&anns, TAKE, json!(["user", "bob"]), json!("error-action-not-allowed")),
            (&anns, "setAdminStatus", json!([ann.id(), true]), json!("error-action-not-allowed")),
            (&admins, GIVE, json!(["", "ann"]), json!("error-invalid-arguments")),
            (&admins, GIVE, json!(["no-role", "ann"]), json!("error-invalid-role")),
            (&admins, GIVE, json!(["bot", "nobody"]), json!("error-user-not-found")),
            (&admins, TAKE, json!(["bot", "nobody"]), json!("error-invalid-user")),
            (&admins, TAKE, json!(["admin", "admin"]), json!("error-action-not-allowed")),
            (&admins, GIVE, json!([{ "$ne": 1 }, "ann"]), json!(400)),
            (&admins, "setAdminStatus", json!(["nobody", true]), json!("error-not-allowed")),
        ] {
            assert_eq!(error(socket, method, params.clone()).await, id, "{method} {params}");
        }
        let nobody = Ddp::connect(&server.base).await;
        assert_eq!(error(&nobody, GIVE, json!(["admin", "ann"])).await, "error-invalid-user");
        let give = json!({ "roleId": "admin", "username": "ann" });
        ann.rest.post("roles.addUserToRole", give).await.refused(400, "error-action-not-allowed");
        let missing = server.admin.rest.post("roles.addUserToRole", json!({ "username": "ann" })).await;
        missing.refused_with(400, "error-invalid-role-properties");
        let unknown = json!({ "roleId": "no-role", "username": "ann" });
        server.admin.rest.post("roles.addUserToRole", unknown.clone()).await.refused(400, "error-role-not-found");
        server.admin.rest.post("roles.removeUserFromRole", unknown).await.refused(400, "error-invalid-roleId");
        assert_eq!(roles(&ann).await, json!(["user"]));
        // An administrator's assistant may hand out roles, but not that one.
        server.grant("access-permissions", &["admin", "user"]).await;
        assert_eq!(error(&anns, GIVE, json!(["admin", "ann"])).await, "error-action-not-allowed");
        assert_eq!(anns.call(GIVE, json!(["bot", "bob"])).await, Ok(json!(true)));
    }

    /// Two at once, and neither undoes the other.
    async fn permissions_are_handed_out_one_by_one(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let (admins, others, anns) = (server.admin.socket().await, server.admin.socket().await, ann.socket().await);
        const ADD: &str = "authorization:addPermissionToRole";
        const REMOVE: &str = "authorization:removeRoleFromPermission";
        let holders = async || {
            let all = server.admin.rest.get("permissions.listAll", &[]).await.ok();
            let of = all["update"].as_array().unwrap().iter().find(|one| one["_id"] == "view-statistics").unwrap();
            of["roles"].clone()
        };
        let (one, two) = tokio::join!(
            admins.call(ADD, json!(["view-statistics", "user"])),
            others.call(ADD, json!(["view-statistics", "bot"])),
        );
        assert_eq!((one, two), (Ok(Value::Null), Ok(Value::Null)));
        let mut after = holders().await.as_array().unwrap().clone();
        after.sort_by_key(ToString::to_string);
        assert_eq!(after, [json!("admin"), json!("bot"), json!("user")]);
        assert_eq!(admins.call(REMOVE, json!(["view-statistics", "user"])).await, Ok(Value::Null));
        assert_eq!(admins.call(REMOVE, json!(["view-statistics", "bot"])).await, Ok(Value::Null));
        assert_eq!(holders().await, json!(["admin"]));
        for (socket, method, params, id) in [
            (&anns, ADD, json!(["view-statistics", "user"]), json!("error-action-not-allowed")),
            (&anns, REMOVE, json!(["view-statistics", "admin"]), json!("error-action-not-allowed")),
            (&admins, ADD, json!(["no-permission", "user"]), json!("error-invalid-permission")),
            (&admins, REMOVE, json!(["no-permission", "user"]), json!("error-permission-not-found")),
            (&admins, ADD, json!(["view-statistics", "no-role"]), json!("error-invalid-role")),
            (&admins, ADD, json!(["view-statistics", { "$ne": 1 }]), json!(400)),
        ] {
            assert_eq!(error(socket, method, params.clone()).await, id, "{method} {params}");
        }
    }

    async fn settings_are_saved_by_method(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let (admins, anns) = (server.admin.socket().await, ann.socket().await);
        assert_eq!(admins.call("saveSetting", json!(["Site_Name", "Ours", null])).await, Ok(json!(true)));
        let factor = json!({ "twoFactorCode": "x", "twoFactorMethod": "password" });
        let both = json!([[{ "_id": "Site_Name", "value": "Yours" }, { "_id": "Language", "value": "de" }], factor]);
        assert_eq!(admins.call("saveSettings", both).await, Ok(json!(true)));
        let named = server.nobody().get("settings.public", &[("_id", "Site_Name")]).await.ok();
        assert_eq!(named["settings"][0]["value"], "Yours");
        assert_eq!(error(&anns, "saveSetting", json!(["Site_Name", "Mine"])).await, "error-action-not-allowed");
        let one = json!([[{ "_id": "Site_Name", "value": "Mine" }]]);
        assert_eq!(error(&anns, "saveSettings", one).await, "error-action-not-allowed");
        for wrong in [json!([]), json!([{ "_id": "Site_Name" }]), json!([[{ "value": 1 }]])] {
            assert_eq!(error(&admins, "saveSettings", wrong).await, 400);
        }
    }

    async fn accounts_are_let_in_and_kept_out_by_method(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (admins, anns) = (server.admin.socket().await, ann.socket().await);
        let refused = anns.call("setUserActiveStatus", json!([bob.id(), false])).await.unwrap_err();
        assert_eq!((&refused["error"], &refused["details"]["method"]), (&json!("error-not-allowed"), &json!("setUserActiveStatus")));
        let bobs = bob.socket().await;
        assert_eq!(admins.call("setUserActiveStatus", json!([bob.id(), false, true])).await, Ok(json!(true)));
        bobs.closed(SOON).await;
        assert_eq!(server.nobody().post("login", json!({ "user": "bob", "password": PASSWORD })).await.status, 401);
        assert_eq!(admins.call("setUserActiveStatus", json!([bob.id(), true])).await, Ok(json!(true)));
        server.nobody().login("bob", PASSWORD).await;
        let nobody = Ddp::connect(&server.base).await;
        assert_eq!(nobody.call("license:hasLicense", json!(["livechat-enterprise"])).await, Ok(json!(false)));
        assert_eq!(nobody.call("license:getTags", json!([])).await, Ok(json!([])));
    }

    async fn roles_are_made_given_and_deleted(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let admin = &server.admin.rest;
        let (admins, bobs) = (server.admin.socket().await, bob.socket().await);
        bobs.stream("stream-roles", "roles").await;
        bobs.stream("stream-notify-logged", "roles-change").await;
        let form = json!({ "name": "scribe", "scope": "Users", "description": "Scribe", "mandatory2fa": false });
        let role = admin.post("roles.create", form.clone()).await.ok()["role"].clone();
        let id = role["_id"].as_str().unwrap().to_owned();
        assert_eq!((&role["name"], &role["scope"], &role["protected"]), (&json!("scribe"), &json!("Users"), &json!(false)));
        let told = bobs.expect("stream-roles", "roles", SOON).await;
        assert_eq!((&told[0]["type"], &told[0]["_id"], &told[0]["name"]), (&json!("changed"), &json!(id), &json!("scribe")));
        bobs.expect_where("stream-notify-logged", "roles-change", SOON, |args| args[0]["_id"] == id.as_str()).await;
        admin.post("roles.create", form).await.refused(400, "error-duplicate-role-names-not-allowed");
        // It gives what it holds, at once.
        assert_eq!(error(&ann.socket().await, "getStatistics", json!([])).await, "error-not-allowed");
        server.grant("view-statistics", &["admin", &id]).await;
        admin.post("roles.addUserToRole", json!({ "roleId": id, "username": "ann" })).await.ok();
        assert!(ann.socket().await.call("getStatistics", json!([])).await.is_ok());
        let holders = admin.get("roles.getUsersInRole", &[("role", "scribe")]).await.ok();
        assert_eq!((&holders["total"], &holders["users"][0]["username"]), (&json!(1), &json!("ann")));
        let badges = bobs.call("getUserRoles", json!([])).await.unwrap();
        assert!(badges.as_array().unwrap().iter().any(|one| one["username"] == "ann"), "{badges}");
        admin.post("roles.delete", json!({ "roleId": id })).await.refused(400, "error-role-in-use");
        let renamed = json!({ "roleId": id, "name": "writer", "description": "" });
        assert_eq!(admin.post("roles.update", renamed).await.ok()["role"]["name"], "writer");
        admin.post("roles.removeUserFromRole", json!({ "roleId": id, "username": "ann" })).await.ok();
        assert_eq!(error(&ann.socket().await, "getStatistics", json!([])).await, "error-not-allowed");
        let since = [("updatedSince", "2020-01-01T00:00:00.000Z")];
        let before = ann.rest.get("roles.sync", &since).await.ok()["roles"].clone();
        assert!(before["update"].as_array().unwrap().iter().any(|one| one["_id"] == id.as_str()));
        let gone = admins.call("authorization:deleteRole", json!(["writer"])).await;
        assert_eq!(gone, Ok(json!({ "acknowledged": true, "deletedCount": 1 })));
        let after = ann.rest.get("roles.sync", &since).await.ok()["roles"].clone();
        assert_eq!(after["remove"][0]["_id"], id.as_str());
        bobs.expect_where("stream-roles", "roles", SOON, |args| args[0]["type"] == "removed").await;
        // No permission names it any more.
        let all = admin.get("permissions.listAll", &[]).await.ok();
        assert!(!all.to_string().contains(&id), "{id}");
    }

    async fn roles_that_are_made_outlive_a_restart(mut server: Server) {
        let role = server.admin.rest.post("roles.create", json!({ "name": "scribe" })).await.ok()["role"].clone();
        let guest = json!({ "roleId": "guest", "name": "guest", "description": "A guest" });
        server.admin.rest.post("roles.update", guest).await.ok();
        server.restart().await;
        let roles = server.admin.rest.get("roles.list", &[]).await.ok()["roles"].clone();
        let of = |id: &Value| roles.as_array().unwrap().iter().find(|one| one["_id"] == *id).cloned().unwrap();
        assert_eq!(of(&role["_id"]), role);
        let guest = of(&json!("guest"));
        assert_eq!((&guest["description"], &guest["protected"]), (&json!("A guest"), &json!(true)));
    }

    async fn who_may_make_roles_and_which(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let (admin, anns, admins) = (&server.admin.rest, ann.socket().await, server.admin.socket().await);
        for (call, body, id) in [
            ("roles.create", json!({ "name": "x" }), "error-action-not-allowed"),
            ("roles.update", json!({ "roleId": "guest", "name": "x" }), "error-action-not-allowed"),
            ("roles.delete", json!({ "roleId": "guest" }), "error-action-not-allowed"),
        ] {
            ann.rest.post(call, body.clone()).await.refused(400, id);
            server.nobody().post(call, body).await.not_logged_in();
        }
        for (call, body, id) in [
            ("roles.create", json!({}), "error-invalid-role-properties"),
            ("roles.create", json!({ "name": " " }), "error-invalid-role-properties"),
            ("roles.create", json!({ "name": "admin" }), "error-duplicate-role-names-not-allowed"),
            ("roles.create", json!({ "name": { "$ne": 1 } }), "invalid-params"),
            ("roles.update", json!({ "name": "x" }), "error-invalid-role-properties"),
            ("roles.update", json!({ "roleId": "nothing", "name": "x" }), "error-invalid-roleId"),
            ("roles.update", json!({ "roleId": "guest", "name": "x" }), "error-role-protected"),
            ("roles.update", json!({ "roleId": "guest", "name": "guest", "scope": "Subscriptions" }), "error-role-protected"),
            ("roles.delete", json!({}), "error-invalid-role-properties"),
            ("roles.delete", json!({ "roleId": "nothing" }), "error-invalid-roleId"),
            ("roles.delete", json!({ "roleId": "owner" }), "error-role-protected"),
        ] {
            admin.post(call, body).await.refused(400, id);
        }
        admin.get("roles.sync", &[]).await.refused_with(400, "Match error: Missing key 'updatedSince'");
        admin.get("roles.sync", &[("updatedSince", "x")]).await.refused(400, "error-updatedSince-param-invalid");
        admin.get("roles.getUsersInRole", &[]).await.refused(400, "error-param-not-provided");
        admin.get("roles.getUsersInRole", &[("role", "nothing")]).await.refused(400, "error-invalid-roleId");
        ann.rest.get("roles.getUsersInRole", &[("role", "admin")]).await.refused(400, "error-not-allowed");
        ann.rest.get("statistics", &[]).await.refused(400, "error-not-allowed");
        assert_eq!(error(&anns, "authorization:deleteRole", json!(["guest"])).await, "error-action-not-allowed");
        assert_eq!(error(&admins, "authorization:deleteRole", json!(["guest"])).await, "error-delete-protected-role");
        assert_eq!(error(&admins, "authorization:deleteRole", json!(["nothing"])).await, "error-invalid-role");
        assert_eq!(error(&admins, "authorization:deleteRole", json!([{ "$ne": 1 }])).await, 400);
    }

    async fn roles_of_a_room_are_looked_up_there(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let room = ann.channel("open", &[&bob]).await;
        let admin = &server.admin.rest;
        let owners = admin.get("roles.getUsersInRole", &[("role", "owner"), ("roomId", &room)]).await.ok();
        assert_eq!((&owners["total"], &owners["users"][0]["username"]), (&json!(1), &json!("ann")));
        let everywhere = admin.get("roles.getUsersInRole", &[("role", "owner")]).await.ok();
        assert_eq!(everywhere["users"], json!([]));
        let users = admin.get("roles.getUsersInRole", &[("role", "user"), ("count", "1"), ("offset", "1")]).await.ok();
        assert_eq!((&users["total"], &users["users"][0]["username"]), (&json!(3), &json!("ann")));
    }

    async fn statistics_are_what_is_there(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let room = ann.channel("open", &[&bob]).await;
        ann.group("plans", &[]).await;
        let _bobs = bob.socket().await;
        let counted = async || server.admin.rest.get("statistics", &[]).await.ok();
        let before = counted().await;
        ann.says(&room, "hello").await;
        let after = counted().await;
        // The administrator, the server's own account, Ann and Bob.
        assert_eq!((&after["totalUsers"], &after["activeUsers"], &after["onlineUsers"]), (&json!(4), &json!(4), &json!(1)));
        assert_eq!((&after["totalChannels"], &after["totalPrivateGroups"], &after["totalDirect"]), (&json!(2), &json!(1), &json!(0)));
        assert_eq!(after["totalMessages"].as_i64(), before["totalMessages"].as_i64().map(|count| count + 1));
        assert!(after["lastMessageSentAt"].is_string() && after["process"]["uptime"].is_number(), "{after}");
        server.nobody().get("statistics", &[]).await.not_logged_in();
        let list = server.admin.rest.get("statistics.list", &[]).await.ok();
        assert_eq!((&list["statistics"][0]["totalMessages"], &list["total"]), (&after["totalMessages"], &json!(1)));
        let beyond = server.admin.rest.get("statistics.list", &[("offset", "1")]).await.ok();
        assert_eq!((&beyond["statistics"], &beyond["total"]), (&json!([]), &json!(1)));
        ann.rest.get("statistics.list", &[]).await.refused(400, "error-not-allowed");
        server.admin.rest.get("statistics.list", &[("count", "many")]).await.refused(400, "error-invalid-params");
        server.nobody().get("statistics.list", &[]).await.not_logged_in();
    }
}
