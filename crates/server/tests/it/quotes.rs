//! Quotes: links to messages of this server that become attachments.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};
use std::time::Duration;

const SITE: &str = "https://chat.example.org";
const SOON: Duration = Duration::from_secs(5);
const MESSAGES: &str = "stream-room-messages";

fn link(path: &str, message: &Value) -> String {
    format!("{SITE}/{path}?msg={}", message["_id"].as_str().unwrap())
}

fn quoting(links: &[&str], text: &str) -> String {
    let links: String = links.iter().map(|link| format!("[ ]({link}) ")).collect();
    links + text
}

fn no_quote(message: &Value) -> bool {
    message["attachments"].as_array().is_none_or(Vec::is_empty)
}

async fn message(user: &User, message: &Value) -> Value {
    let id = message["_id"].as_str().unwrap();
    user.rest.get("chat.getMessage", &[("msgId", id)]).await.as_published().ok()["message"].clone()
}

async fn edited(user: &User, message: &Value, text: &str) -> Value {
    let edit = json!({ "roomId": message["rid"], "msgId": message["_id"], "text": text });
    user.rest.post("chat.update", edit).await.as_published().ok()["message"].clone()
}

/// The quotes of a chain of messages, each of which quotes the one before.
fn chain(message: &Value) -> Vec<String> {
    let inner = message["attachments"].as_array().into_iter().flatten();
    inner.flat_map(|one| [vec![one["text"].as_str().unwrap().to_owned()], chain(one)].concat()).collect()
}

both_databases! {
    async fn a_link_to_a_message_quotes_it(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let said = ann.says(&rid, "tea at *four*").await;
        let url = link("group/plans", &said);
        let socket = ann.socket().await;
        socket.stream(MESSAGES, &rid).await;
        let text = quoting(&[&url], "yes");
        let body = json!({ "message": { "rid": rid, "msg": text, "attachments": [{ "text": "map" }] } });
        let sent = bob.rest.post("chat.sendMessage", body).await.as_published().ok()["message"].clone();
        let expected = json!({
            "text": "tea at *four*", "md": said["md"], "message_link": url, "author_name": "ann",
            "author_icon": "/avatar/ann", "attachments": [], "ts": said["ts"],
        });
        assert_eq!(sent["attachments"], json!([{ "text": "map" }, expected]));
        assert_eq!(sent["urls"], json!([{ "url": url, "meta": {}, "ignoreParse": true }]));
        assert_eq!(message(&ann, &sent).await, sent);
        // The same over DDP, where an instant is spelled otherwise.
        let heard = socket.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == sent["_id"]).await[0].clone();
        let mut there = expected.clone();
        there["ts"] = heard["attachments"][1]["ts"].clone();
        assert!(there["ts"]["$date"].is_i64());
        assert_eq!(heard["attachments"], json!([{ "text": "map" }, there]));
        let answer = socket.call("sendMessage", json!([{ "rid": rid, "msg": text }])).await.unwrap();
        assert_eq!(answer["attachments"], json!([there]));
        // A program that posts, and one whose addresses are not to be looked at.
        let posted = json!({ "roomId": rid, "text": text });
        let posted = bob.rest.post("chat.postMessage", posted).await.ok()["message"].clone();
        assert_eq!(posted["attachments"], json!([expected]));
        let plain = json!({ "message": { "rid": rid, "msg": text, "parseUrls": false } });
        assert!(no_quote(&bob.rest.post("chat.sendMessage", plain).await.ok()["message"]));
    }

    async fn only_what_the_sender_may_read_is_quoted(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let secret = ann.group("secret", &[&bob]).await;
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        let direct = direct.as_str().unwrap();
        let open = ann.channel("open", &[&eve]).await;
        let word = ann.says(&secret, "the hidden word").await;
        let aside = ann.says(direct, "another hidden word").await;
        let public = ann.says(&open, "hello").await;
        let urls = [link("group/secret", &word), link(&format!("direct/{direct}"), &aside), link("channel/open", &public)];
        let urls = urls.each_ref().map(String::as_str);
        let quotes = async |user: &User, rid: &str| chain(&user.says(rid, &quoting(&urls, "look")).await);
        let own = eve.group("own", &[]).await;
        assert_eq!(quotes(&eve, &own).await, ["hello"]);
        let all = ["the hidden word", "another hidden word", "hello"];
        assert_eq!(quotes(&bob, direct).await, all);
        // A channel is read by everybody, also by who is in none.
        let bobs = bob.group("bobs", &[]).await;
        assert_eq!(quotes(&bob, &bobs).await, all);
        let stranger = async |url: &str| no_quote(&eve.says(&own, &quoting(&[url], "look")).await);
        let elsewhere = link("channel/open", &public).replace("chat.example.org", "chat.example.org.evil.org");
        for url in [&elsewhere, "https://chat.example.org/channel/open?msg=none", "https://chat.example.org/channel/open"] {
            assert!(stranger(url).await, "{url}");
        }
        ann.rest.post("groups.kick", json!({ "roomId": secret, "userId": bob.id() })).await.ok();
        assert_eq!(quotes(&bob, &bobs).await, all[1..]);
        ann.rest.post("chat.delete", json!({ "roomId": open, "msgId": public["_id"] })).await.ok();
        assert_eq!(quotes(&eve, &own).await, [""; 0]);
    }

    async fn a_chain_of_quotes_ends(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let mut last = ann.says(&rid, "0").await;
        let mut next = async |n: &str| {
            last = ann.says(&rid, &quoting(&[&link("group/plans", &last)], n)).await;
            let said = |text: String| text.rsplit(' ').next().unwrap_or_default().to_owned();
            chain(&last).into_iter().map(said).collect::<Vec<_>>()
        };
        assert_eq!(next("1").await, ["0"]);
        assert_eq!(next("2").await, ["1", "0"]);
        assert_eq!(next("3").await, ["2", "1"]);
        server.set("Message_QuoteChainLimit", json!(3)).await;
        assert_eq!(next("4").await, ["3", "2", "1"]);
        server.set("Message_QuoteChainLimit", json!(0)).await;
        assert_eq!(next("5").await, ["4"]);
    }

    async fn an_edit_quotes_anew(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (one, two) = (ann.says(&rid, "one").await, ann.says(&rid, "two").await);
        let (to_one, to_two) = (link("group/plans", &one), link("group/plans", &two));
        let draft = json!({ "message": { "rid": rid, "msg": quoting(&[&to_one], "yes"), "attachments": [{ "text": "map" }] } });
        let sent = bob.rest.post("chat.sendMessage", draft).await.ok()["message"].clone();
        assert_eq!(chain(&sent), ["map", "one"]);
        edited(&ann, &one, "one, again").await;
        assert_eq!(chain(&edited(&bob, &sent, &quoting(&[&to_two, &to_one], "both")).await), ["map", "two", "one, again"]);
        let none = edited(&bob, &sent, "none").await;
        assert_eq!((chain(&none), &none["urls"]), (vec!["map".to_owned()], &json!([])));
        assert_eq!(message(&ann, &sent).await, none);
        let plain = bob.says(&rid, "plain").await;
        assert_eq!(chain(&edited(&bob, &plain, &quoting(&[&to_one], "yes")).await), ["one, again"]);
        assert!(edited(&bob, &plain, "plain, again").await["attachments"] == json!([]));
    }

    async fn an_edit_by_another_follows_no_link_of_the_author(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann, eve] = server.users(["ann", "eve"]).await;
        let (secret, open) = (ann.group("secret", &[]).await, ann.channel("open", &[&eve]).await);
        let (word, hello) = (ann.says(&secret, "the hidden word").await, ann.says(&open, "hello").await);
        let (to_word, to_hello) = (link("group/secret", &word), link("channel/open", &hello));
        let sent = eve.says(&open, &quoting(&[&to_word, &to_hello], "loook")).await;
        assert_eq!(chain(&sent), ["hello"]);
        let corrected = edited(&ann, &sent, &quoting(&[&to_word, &to_hello], "look")).await;
        assert_eq!((chain(&corrected), &corrected["attachments"]), (vec!["hello".to_owned()], &sent["attachments"]));
        // What she links to herself is hers to show.
        let other = ann.says(&secret, "a word for all").await;
        let added = edited(&ann, &sent, &quoting(&[&link("group/secret", &other), &to_word], "look")).await;
        assert_eq!(chain(&added), ["a word for all"]);
    }

    async fn nobody_is_quoted_by_a_client(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let said = ann.says(&rid, "no").await;
        let forged = json!({ "message_link": link("group/plans", &said), "author_name": "ann", "text": "yes", "ts": said["ts"] });
        for message in [json!({ "attachments": [forged, { "text": "map" }] }), json!({ "attachments": [forged] })] {
            let mut body = json!({ "message": { "rid": rid, "msg": "look" } });
            body["message"]["attachments"] = message["attachments"].clone();
            let sent = bob.rest.post("chat.sendMessage", body).await.ok()["message"].clone();
            assert!(chain(&sent).iter().all(|text| text == "map"), "{sent}");
        }
        let posted = json!({ "roomId": rid, "text": "look", "attachments": [forged] });
        assert!(no_quote(&bob.rest.post("chat.postMessage", posted).await.ok()["message"]));
    }

    async fn a_quote_names_its_author_as_others_do(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        server.grant("message-impersonate", &["user"]).await;
        let masked = json!({ "message": { "rid": rid, "msg": "hoo", "alias": "Owl" } });
        let masked = ann.rest.post("chat.sendMessage", masked).await.ok()["message"].clone();
        ann.rest.post("users.updateOwnBasicInfo", json!({ "data": { "name": "Ann Lee" } })).await.ok();
        server.set("UI_Use_Real_Name", json!(true)).await;
        let plain = ann.says(&rid, "hi").await;
        let urls = [link("group/plans", &masked), link("group/plans", &plain)];
        let sent = ann.says(&rid, &quoting(&urls.each_ref().map(String::as_str), "both")).await;
        let names: Vec<&Value> = sent["attachments"].as_array().unwrap().iter().map(|one| &one["author_name"]).collect();
        assert_eq!(names, ["Owl", "Ann Lee"]);
    }

    async fn quotes_have_a_bound(server: Server) {
        server.set("Site_Url", json!(SITE)).await;
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let mut urls = Vec::new();
        for n in 0..12 {
            urls.push(link("group/plans", &ann.says(&rid, &n.to_string()).await));
        }
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        assert_eq!(chain(&ann.says(&rid, &quoting(&urls, "all")).await).len(), 10);
        // Of what is too large, the text alone.
        let large = json!({ "message": { "rid": rid, "msg": "large", "attachments": [{ "text": "x".repeat(100_000) }] } });
        let large = ann.rest.post("chat.sendMessage", large).await.ok()["message"].clone();
        assert_eq!(chain(&ann.says(&rid, &quoting(&[&link("group/plans", &large)], "this")).await), ["large"]);
    }
}
