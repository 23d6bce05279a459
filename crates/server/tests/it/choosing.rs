//! What is offered where people and rooms are to be chosen.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};

async fn offered(user: &User, path: &str, selector: Value, key: &str) -> Vec<Value> {
    let items = user.rest.get(path, &[("selector", &selector.to_string())]).await.ok()["items"].clone();
    items.as_array().unwrap().iter().map(|item| item[key].clone()).collect()
}

async fn people(user: &User, selector: Value) -> Vec<Value> {
    offered(user, "users.autocomplete", selector, "username").await
}

both_databases! {
    async fn people_are_offered_by_a_part_of_their_names(server: Server) {
        let [ann, bob, bobby] = server.users(["ann", "bob", "bobby"]).await;
        assert_eq!(people(&ann, json!({ "term": "BOB" })).await, ["bob", "bobby"]);
        assert_eq!(people(&ann, json!({ "term": "bob", "exceptions": ["bob"] })).await, ["bobby"]);
        assert_eq!(people(&ann, json!({ "term": "%" })).await, Vec::<Value>::new());
        let everybody = people(&ann, json!({})).await;
        assert!(everybody.len() <= 10 && everybody.contains(&json!("ann")), "{everybody:?}");
        // Who may not look beyond the own rooms is offered those who are there.
        server.grant("view-outside-room", &["admin"]).await;
        assert_eq!(people(&ann, json!({ "term": "bob" })).await, ["bob", "bobby"]);
        bob.rest.post("channels.leave", json!({ "roomName": "general" })).await.ok();
        assert_eq!(people(&ann, json!({ "term": "bob" })).await, ["bobby"]);
        let gone = json!({ "userId": bobby.id(), "activeStatus": false });
        server.admin.rest.post("users.setActiveStatus", gone).await.ok();
        assert_eq!(people(&ann, json!({ "term": "bob" })).await, Vec::<Value>::new());
        for wrong in ["[", "[]", "1", r#"{"term":1}"#, r#"{"exceptions":"x"}"#] {
            bob.rest.get("users.autocomplete", &[("selector", wrong)]).await.refused(400, "error-invalid-query");
        }
        bob.rest.get("users.autocomplete", &[]).await.refused(400, "error-invalid-params");
        server.nobody().get("users.autocomplete", &[("selector", "{}")]).await.not_logged_in();
    }

    async fn own_rooms_are_offered_by_a_part_of_their_names(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let path = "rooms.autocomplete.channelAndPrivate";
        ann.channel("plans-open", &[]).await;
        ann.group("plans-closed", &[]).await;
        bob.group("plans-of-bob", &[]).await;
        bob.channel("plans-elsewhere", &[]).await;
        ann.rest.post("im.create", json!({ "username": "bob" })).await.ok();
        assert_eq!(offered(&ann, path, json!({ "name": "PLANS" }), "name").await, ["plans-closed", "plans-open"]);
        assert_eq!(offered(&ann, path, json!({ "name": "open" }), "t").await, ["c"]);
        ann.rest.get(path, &[]).await.refused_with(400, "The 'selector' param is required");
        ann.rest.get(path, &[("selector", "[")]).await.refused(400, "error-invalid-query");
        server.nobody().get(path, &[("selector", "{}")]).await.not_logged_in();
    }

    async fn accounts_are_listed_by_what_they_are(server: Server) {
        let [ann, bob, _eve] = server.users(["ann", "bob", "eve"]).await;
        let never = json!({ "username": "never", "name": "Never", "email": "never@example.org", "password": crate::world::PASSWORD });
        server.admin.rest.post("users.create", never).await.ok();
        let off = json!({ "userId": bob.id(), "activeStatus": false });
        server.admin.rest.post("users.setActiveStatus", off).await.ok();
        let list = async |user: &User, query: &[(&str, &str)]| -> Vec<Value> {
            let page = user.rest.get("users.listByStatus", query).await.ok();
            page["users"].as_array().unwrap().iter().map(|one| one["username"].clone()).collect()
        };
        assert_eq!(list(&server.admin, &[("status", "deactivated")]).await, ["bob"]);
        assert_eq!(list(&server.admin, &[("status", "active"), ("type", "user"), ("hasLoggedIn", "false")]).await, ["never"]);
        assert_eq!(list(&server.admin, &[("roles[]", "admin")]).await, ["admin"]);
        assert_eq!(list(&server.admin, &[("roles[]", "bot"), ("roles[]", "admin")]).await, ["admin", "rocket.cat"]);
        assert_eq!(list(&server.admin, &[("roles[]", "x"); 900]).await, Vec::<Value>::new());
        assert_eq!(list(&server.admin, &[("roles[]", "bot"); 700]).await, ["rocket.cat"]);
        assert_eq!(list(&ann, &[("searchTerm", "EV")]).await, ["eve", "never"]);
        ann.rest.get("users.listByStatus", &[("status", "away")]).await.refused(400, "error-invalid-params");
        server.nobody().get("users.listByStatus", &[]).await.not_logged_in();
        server.grant("view-d-room", &["admin"]).await;
        assert_eq!(ann.rest.get("users.listByStatus", &[]).await.status, 403);
    }
}
