//! Finding people and channels, and asking what one may know of a room.

use crate::world::{Server, User};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};

fn names(list: &Value, field: &str) -> Vec<String> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}

async fn spotlight(user: &User, query: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let found = user.rest.get("spotlight", query).await.as_published().ok();
    (names(&found["users"], "username"), names(&found["rooms"], "name"))
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

async fn error(socket: &Ddp, method: &str, params: Value) -> Value {
    let refused = socket.call(method, params.clone()).await;
    refused.expect_err(&format!("{method} {params} was not refused"))["error"].clone()
}

both_databases! {
    async fn people_and_channels_are_found_by_a_part_of_their_names(server: Server) {
        let [ann, _bob, bobby, bert] = server.users(["ann", "bob", "bobby", "bert"]).await;
        let rid = ann.group("bob-fans", &[&bobby]).await;
        ann.channel("bobsleds", &[]).await;
        ann.channel("bobbins", &[]).await;
        bert.channel("own-bobs", &[]).await;
        ann.rest.get("spotlight", &[]).await.refused(400, "error-invalid-params");
        let (people, rooms) = spotlight(&bert, &[("query", "BOB")]).await;
        assert_eq!(people, texts(&["bob", "bobby"]));
        // Channels the caller is not in; groups never.
        assert_eq!(rooms, texts(&["bobbins", "bobsleds"]));
        assert_eq!(spotlight(&bert, &[("query", "@bob"), ("usernames", "bob")]).await, (texts(&["bobby"]), vec![]));
        assert_eq!(spotlight(&bert, &[("query", "#bob")]).await.0, texts(&[]));
        assert_eq!(spotlight(&bert, &[("query", "%")]).await, (vec![], vec![]));
        // Members of the room where it is typed come first.
        let anns = ann.socket().await;
        let found = anns.call("spotlight", json!(["b", ["bert"], { "users": true, "rooms": false }, rid])).await.unwrap();
        let who: Vec<_> = found["users"].as_array().unwrap().iter().map(|one| (one["username"].clone(), one["outside"].clone())).collect();
        assert_eq!(who[..2], [(json!("bobby"), json!(false)), (json!("bob"), json!(true))]);
        assert_eq!(found["rooms"], json!([]));
        assert_eq!((&found["users"][0]["status"], &found["users"][0]["name"]), (&json!("offline"), &json!("bobby")));
        // Who may not read the room learns nothing of who is in it.
        let berts = bert.socket().await;
        let found = berts.call("spotlight", json!(["bobby", [], {}, rid])).await.unwrap();
        assert_eq!(found["users"][0]["outside"], true);
        assert_eq!(berts.call("spotlight", json!(["bobby", null, null, "nowhere"])).await.unwrap()["users"], json!([]));
        for wrong in [json!([]), json!([{ "$regex": "." }]), json!(["b", "bob"]), json!(["b", [], 5])] {
            assert_eq!(error(&berts, "spotlight", wrong).await, 400);
        }
        // Without a view of everybody only those in the same rooms are offered.
        server.grant("view-outside-room", &["admin"]).await;
        assert_eq!(spotlight(&bert, &[("query", "b")]).await, (texts(&["bert"]), vec![]));
        assert_eq!(spotlight(&ann, &[("query", "b")]).await, (texts(&["bobby"]), vec![]));
    }

    async fn deactivated_people_are_not_offered(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let off = json!({ "userId": bob.id(), "activeStatus": false });
        server.admin.rest.post("users.setActiveStatus", off).await.ok();
        assert_eq!(spotlight(&ann, &[("query", "bob")]).await.0, texts(&[]));
    }

    async fn the_directory_lists_channels_and_people(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        ann.channel("alpha", &[&bob]).await;
        ann.channel("beta", &[]).await;
        ann.group("gamma", &[&bob]).await;
        ann.group("delta", &[]).await;
        let list = async |user: &User, query: &[(&str, &str)]| user.rest.get("directory", query).await.as_published().ok();
        let channels = list(&bob, &[("query", r#"{"type":"channels","text":"A"}"#), ("sort", r#"{"name":1}"#)]).await;
        assert_eq!(names(&channels["result"], "name"), ["alpha", "beta", "gamma"]);
        assert_eq!((&channels["count"], &channels["total"]), (&json!(3), &json!(3)));
        let page = list(&bob, &[("query", "{}"), ("sort", r#"{"name":-1}"#), ("offset", "1"), ("count", "1")]).await;
        assert_eq!((names(&page["result"], "name"), &page["offset"]), (vec!["beta".to_owned()], &json!(1)));
        let people = list(&bob, &[("query", r#"{"type":"users","text":"ann","workspace":"all"}"#)]).await;
        assert_eq!(names(&people["result"], "username"), ["ann"]);
        assert!(people["result"][0]["emails"].is_null(), "{people}");
        let people = list(&server.admin, &[("type", "users"), ("text", "ann"), ("query", "{}")]).await;
        assert_eq!(people["result"][0]["emails"][0]["address"], "ann@example.org");
        assert_eq!(list(&bob, &[("type", "teams"), ("query", "{}")]).await["total"], 0);
        assert_eq!(list(&bob, &[("type", "users"), ("workspace", "external"), ("query", "{}")]).await["total"], 0);
        for wrong in [[("type", "rooms")], [("sort", r#"{"msgs":1}"#)]] {
            bob.rest.get("directory", &wrong).await.refused_with(400, "Please verify the parameters");
        }
        let two = bob.rest.get("directory", &[("sort", r#"{"name":1,"createdAt":1}"#)]).await;
        two.refused_with(400, "This method support only one \"sort\" parameter");
        server.grant("view-outside-room", &["admin"]).await;
        bob.rest.get("directory", &[("type", "users")]).await.refused_with(400, "Please verify the parameters");
    }

    async fn the_directory_by_method(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        ann.channel("alpha", &[&bob]).await;
        let beta = ann.channel("beta", &[]).await;
        ann.says(&beta, "hello").await;
        ann.group("gamma", &[&bob]).await;
        ann.group("delta", &[]).await;
        let bobs = bob.socket().await;
        let asked = json!([{ "text": "", "type": "channels", "sortBy": "name", "sortDirection": "desc", "limit": 2, "page": 0 }]);
        let found = bobs.call("browseChannels", asked).await.unwrap();
        assert_eq!((names(&found["results"], "name"), &found["total"]), (texts(&["gamma", "beta"]), &json!(3)));
        let people = bobs.call("browseChannels", json!([{ "text": "ann", "type": "users" }])).await.unwrap();
        assert_eq!(names(&people["results"], "username"), ["ann"]);
        for nothing in [json!([{ "type": "rooms" }]), json!([{ "sortDirection": "up" }]), json!([{ "sortBy": "msgs" }])] {
            assert_eq!(bobs.call("browseChannels", nothing).await, Ok(Value::Null));
        }
        assert_eq!(error(&bobs, "browseChannels", json!([{ "text": { "$ne": 1 } }])).await, 400);
        // As it is published, and as older clients ask for it.
        let found = bobs.call("channelsList", json!(["", "all", 50, "name"])).await.unwrap();
        assert_eq!(names(&found["channels"], "name"), ["alpha", "beta", "gamma"]);
        let found = bobs.call("channelsList", json!(["", 50, "name"])).await.unwrap();
        assert_eq!(names(&found["channels"], "name"), ["alpha", "beta", "gamma"]);
        let found = bobs.call("channelsList", json!(["ALPH", "public"])).await.unwrap();
        assert_eq!(names(&found["channels"], "name"), ["alpha"]);
        let found = bobs.call("channelsList", json!(["", "private"])).await.unwrap();
        assert_eq!(names(&found["channels"], "name"), ["gamma"]);
        let busiest = bobs.call("channelsList", json!(["", "public", 1])).await.unwrap();
        assert_eq!(names(&busiest["channels"], "name"), ["beta"]);
        assert_eq!(error(&bobs, "channelsList", json!([5, "all"])).await, 400);
        assert_eq!(bobs.call("getTotalChannels", json!([])).await, Ok(json!(2)));
        assert_eq!(error(&Ddp::connect(&server.base).await, "getTotalChannels", json!([])).await, "error-invalid-user");
    }

    async fn access_and_history_are_for_who_may_read(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        for text in ["one", "two", "three"] {
            ann.says(&rid, text).await;
        }
        let (bobs, cats) = (bob.socket().await, cat.socket().await);
        assert_eq!(bobs.call("canAccessRoom", json!([rid, bob.id()])).await.unwrap()["_id"], rid);
        assert_eq!(bobs.call("canAccessRoom", json!([rid])).await.unwrap()["name"], "plans");
        for nothing in [json!([rid, cat.id()]), json!(["nowhere"])] {
            assert_eq!(cats.call("canAccessRoom", nothing).await, Ok(json!(false)));
        }
        // Only about oneself.
        assert_eq!(error(&cats, "canAccessRoom", json!([rid, bob.id()])).await, "error-invalid-user");
        let page = bobs.call("getChannelHistory", json!([{ "rid": rid, "count": 2, "offset": 1 }])).await.unwrap();
        assert_eq!(names(&page["messages"], "msg"), ["two", "one"]);
        let oldest = page["messages"][1]["ts"].clone();
        let asked = json!([{ "rid": rid, "oldest": oldest, "inclusive": false, "unreads": true, "count": 1 }]);
        let page = bobs.call("getChannelHistory", asked).await.unwrap();
        assert_eq!((names(&page["messages"], "msg"), &page["unreadNotLoaded"]), (texts(&["three"]), &json!(1)));
        assert_eq!(cats.call("getChannelHistory", json!([{ "rid": rid }])).await, Ok(json!(false)));
        assert_eq!(error(&cats, "getChannelHistory", json!([{}])).await, 400);
    }
}
