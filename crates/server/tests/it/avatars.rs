//! Pictures of people and rooms: letters, for whoever may see them.

use crate::world::{Server, User};
use gantry_testkit::{Answer, Rest, both_databases};
use http::Method;
use serde_json::json;

async fn get(rest: &Rest, path: &str) -> Answer {
    rest.send(Method::GET, path, &[], "").await
}

/// The letters on a picture.
fn letters(answer: &Answer) -> String {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/svg+xml")), "{answer}");
    let svg = String::from_utf8_lossy(&answer.body).into_owned();
    let (_, rest) = svg.split_once("text-anchor=\"middle\">").unwrap();
    rest.split_once('<').unwrap().0.to_owned()
}

async fn drawn(rest: &Rest, path: &str) -> String {
    letters(&get(rest, path).await)
}

/// Somebody whose name has letters that the user name has not.
async fn zoe(server: &Server) -> User {
    let [zoe] = server.users(["ann"]).await;
    let data = json!({ "name": "Zoë van Dam" });
    zoe.rest.post("users.updateOwnBasicInfo", json!({ "data": data })).await.ok();
    zoe
}

both_databases! {
    async fn people_have_the_letter_of_their_user_name(server: Server) {
        let ann = zoe(&server).await;
        let rest = &ann.rest;
        for path in ["/avatar/ann", "/avatar/ann.jpg?_dc=0", "/avatar/ann.svg", "/avatar/ann?format=png&size=36&etag=x", "/avatar/@ann"] {
            assert_eq!(drawn(rest, path).await, "A", "{path}");
        }
        assert_eq!(drawn(rest, &format!("/avatar/uid/{}", ann.id())).await, "A");
        let nobodys = get(rest, "/avatar/uid/nobody").await;
        assert_eq!((nobodys.status, nobodys.header("cache-control")), (404, Some("no-cache")));
        server.set("UI_Use_Name_Avatar", json!(true)).await;
        assert_eq!(drawn(rest, "/avatar/ann").await, "ZVD");
        assert_eq!(drawn(rest, &format!("/avatar/uid/{}", ann.id())).await, "ZVD");
        assert_eq!(drawn(rest, "/avatar/@Kim%20Lee").await, "KL");
    }

    async fn a_name_that_nobody_has_is_drawn_like_any_other(server: Server) {
        let ann = zoe(&server).await;
        assert_eq!(drawn(&ann.rest, "/avatar/nobody").await, "N");
        assert_eq!(drawn(&ann.rest, "/avatar/%3Cscript%3E").await, "S");
        assert_eq!(drawn(&ann.rest, "/avatar/%3C%22%26").await, "&lt;");
        for nothing in ["/avatar/", "/avatar/a/b", "/avatar/%ff", "/avatar"] {
            assert_eq!(get(&ann.rest, nothing).await.status, 404, "{nothing}");
        }
        assert_eq!(ann.rest.post("/avatar/ann", json!({})).await.status, 404);
    }

    async fn strangers_learn_nothing_where_they_are_kept_out(server: Server) {
        let ann = zoe(&server).await;
        server.set("UI_Use_Name_Avatar", json!(true)).await;
        let secret = ann.group("secret", &[]).await;
        let nobody = server.nobody();
        assert_eq!(drawn(&nobody, "/avatar/ann").await, "A");
        assert_eq!(get(&nobody, &format!("/avatar/uid/{}", ann.id())).await.status, 404);
        let room = get(&nobody, &format!("/avatar/room/{secret}")).await;
        assert_eq!((letters(&room).to_lowercase(), room.header("cache-control")), (first(&secret), Some("no-cache")));
        server.set("Accounts_AvatarBlockUnauthenticatedAccess", json!(false)).await;
        let open = get(&nobody, "/avatar/ann").await;
        assert_eq!((letters(&open).as_str(), open.header("cache-control")), ("ZVD", Some("public, max-age=3600")));
        assert_eq!(get(&nobody, &format!("/avatar/room/{secret}")).await.status, 404);
        let lounge = ann.channel("lounge", &[]).await;
        assert_eq!(drawn(&nobody, &format!("/avatar/room/{lounge}")).await, "L");
    }

    async fn whoever_asks_says_so_in_any_of_three_ways(server: Server) {
        let ann = zoe(&server).await;
        server.set("UI_Use_Name_Avatar", json!(true)).await;
        let (nobody, uid, token) = (server.nobody(), ann.id(), &ann.login.token);
        assert_eq!(drawn(&ann.rest, "/avatar/ann").await, "ZVD");
        assert_eq!(drawn(&nobody, &format!("/avatar/ann?rc_uid={uid}&rc_token={token}")).await, "ZVD");
        let cookies = nobody.with("cookie", &format!("theme=dark; rc_uid={uid}; rc_token={token}"));
        assert_eq!(drawn(&cookies, "/avatar/ann").await, "ZVD");
        assert_eq!(drawn(&nobody, &format!("/avatar/ann?rc_uid={uid}&rc_token=wrong")).await, "A");
        let ended = ann.rest.post("logout", json!({})).await;
        assert_eq!((ended.status, drawn(&cookies, "/avatar/ann").await.as_str()), (200, "A"));
    }

    async fn a_rooms_letter_is_for_who_may_read_it(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let group = format!("/avatar/room/{}", ann.group("plans", &[&bob]).await);
        assert_eq!((drawn(&ann.rest, &group).await, drawn(&bob.rest, &group).await), ("P".into(), "P".into()));
        assert_eq!((get(&eve.rest, &group).await.status, get(&eve.rest, "/avatar/room/none").await.status), (404, 404));
        let made = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok();
        let direct = format!("/avatar/room/{}", made["room"]["_id"].as_str().unwrap());
        assert_eq!((drawn(&ann.rest, &direct).await, drawn(&bob.rest, &direct).await), ("B".into(), "A".into()));
        assert_eq!(get(&eve.rest, &direct).await.status, 404);
    }

    async fn pictures_are_kept_for_as_long_as_is_set(server: Server) {
        let ann = zoe(&server).await;
        server.set("Accounts_AvatarCacheTime", json!(60)).await;
        let picture = get(&ann.rest, "/avatar/ann").await;
        assert_eq!(picture.header("cache-control"), Some("private, max-age=60"));
        assert!(picture.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(picture.header("x-content-type-options"), Some("nosniff"));
        let tag = picture.header("etag").unwrap();
        let again = ann.rest.send(Method::GET, "/avatar/ann", &[("if-none-match", tag)], "").await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        let head = ann.rest.send(Method::HEAD, "/avatar/ann", &[], "").await;
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(ann.rest.send(Method::GET, "/avatar/ann?size=40", &[("if-none-match", tag)], "").await.status, 200);
    }
}

/// The first letter or digit of a text, small.
fn first(text: &str) -> String {
    text.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_lowercase().to_string()).unwrap_or_default()
}
