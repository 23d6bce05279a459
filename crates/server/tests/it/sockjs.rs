//! Clients that come by SockJS: each transport tells the same story, and keeps the rules of sessions.

mod line;
mod request;

use crate::world::Server;
use gantry_server::http::{self, Limits, Listener, Proxies};
use gantry_testkit::{Ddp, Engine, OnEngine, both_databases};
use line::{ALL, Line, Transport};
use request::request;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

const MESSAGES: &str = "stream-room-messages";

async fn server() -> Server {
    Server::on(Engine::Sqlite).await.unwrap()
}

both_databases! {
    async fn every_transport_tells_the_same(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        for transport in ALL {
            let mut line = Line::connect(&server.base, &format!("story{transport:?}"), transport).await;
            let login = line.call("login", json!([{ "resume": bob.login.token }])).await;
            assert_eq!(login["result"]["id"], bob.id(), "{transport:?}");
            let [den, lounge] = [
                ann.group(&format!("den{transport:?}"), &[&bob]).await,
                ann.group(&format!("lounge{transport:?}"), &[&bob]).await,
            ];
            for rid in [&den, &lounge] {
                assert_eq!(line.sub(MESSAGES, rid).await["msg"], "ready");
            }
            let of = |rid: &str, text: &str| {
                let (rid, text) = (rid.to_owned(), text.to_owned());
                move |message: &Value| {
                    let told = &message["fields"]["args"][0];
                    told["rid"] == rid.as_str() && told["msg"] == text.as_str()
                }
            };
            ann.says(&den, "Good morning, Bob \u{2028} \"quoted\"").await;
            line.wait(of(&den, "Good morning, Bob \u{2028} \"quoted\"")).await;
            let said = json!([{ "_id": format!("m{transport:?}"), "rid": den, "msg": "Good morning, Ann" }]);
            line.send(json!({ "msg": "method", "id": "say", "method": "sendMessage", "params": said })).await;
            line.wait(of(&den, "Good morning, Ann")).await;

            ann.rest.post("groups.kick", json!({ "roomId": den, "userId": bob.id() })).await.ok();
            line.rest().await;
            ann.says(&den, "He is gone").await;
            ann.says(&lounge, "Still there?").await;
            line.wait(of(&lounge, "Still there?")).await;
            let heard = line.rest().await;
            assert!(!heard.iter().any(|message| message.to_string().contains("He is gone")), "{heard:?}");
            assert_eq!(line.sub(MESSAGES, &den).await["error"]["error"], "not-allowed", "{transport:?}");
        }
    }
}

#[tokio::test]
async fn pages_about_itself() {
    let server = server().await;
    let get = async |path: &str, headers: &[(&str, &str)]| request(&server.base, "GET", path, headers, "").await;
    for path in ["/sockjs", "/sockjs/"] {
        let greeting = get(path, &[]).await;
        assert_eq!((greeting.status, greeting.header("content-type")), (200, "text/plain; charset=UTF-8"));
        assert_eq!(greeting.text().await, "Welcome to SockJS!\n");
    }
    let info = get("/sockjs/info?cb=abc", &[("origin", "https://elsewhere.example")]).await;
    assert_eq!((info.status, info.header("content-type")), (200, "application/json; charset=UTF-8"));
    assert_eq!(info.header("access-control-allow-origin"), "https://elsewhere.example");
    assert_eq!(info.header("access-control-allow-credentials"), "true");
    assert!(info.header("cache-control").starts_with("no-store"));
    let page: Value = serde_json::from_str(&info.text().await).unwrap();
    assert!(page["websocket"] == true && page["cookie_needed"] == false && page["entropy"].is_u64(), "{page}");
    assert_eq!(get("/sockjs/info", &[]).await.header("access-control-allow-origin"), "*");

    let iframe = get("/sockjs/iframe-1.6.1.html", &[]).await;
    assert_eq!((iframe.status, iframe.header("content-type")), (200, "text/html; charset=UTF-8"));
    assert_eq!(iframe.header("cache-control"), "public, max-age=31536000");
    assert!(iframe.header("content-security-policy").starts_with("default-src 'none';"));
    let tag = iframe.header("etag").to_owned();
    assert!(iframe.text().await.contains("<script>"));
    assert_eq!(get("/sockjs/iframe.html", &[("if-none-match", &tag)]).await.status, 304);
    for path in ["/sockjs/nothing", "/sockjs/1/2/nothing", "/sockjs/a.b/c/xhr", "/sockjs/iframe.htm"] {
        assert_eq!(get(path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn browsers_may_ask_first() {
    let server = server().await;
    for (path, methods) in [
        ("info", "OPTIONS, GET"),
        ("000/a/eventsource", "OPTIONS, GET"),
        ("000/a/xhr", "OPTIONS, POST"),
        ("000/a/xhr_streaming", "OPTIONS, POST"),
        ("000/a/xhr_send", "OPTIONS, POST"),
        ("000/a/jsonp_send", "OPTIONS, POST"),
    ] {
        let headers = [("origin", "https://elsewhere.example"), ("access-control-request-headers", "x-one, x-two")];
        let answer = request(&server.base, "OPTIONS", &format!("/sockjs/{path}"), &headers, "").await;
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-methods"), methods, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "https://elsewhere.example");
        assert_eq!(answer.header("access-control-allow-headers"), "x-one, x-two");
        assert_eq!(answer.header("access-control-max-age"), "31536000");
        let wrong = request(&server.base, "PUT", &format!("/sockjs/{path}"), &[], "").await;
        assert_eq!((wrong.status, wrong.header("allow")), (405, methods), "{path}");
    }
    // Asking begins no session.
    let line = Line::new(&server.base, "a", Transport::Xhr);
    assert_eq!(line.ask("POST", "xhr_send", &[], "[]").await.status, 404);
}

#[tokio::test]
async fn answers_are_of_their_types() {
    let server = server().await;
    for (transport, content_type) in [
        (Transport::Xhr, "application/javascript; charset=UTF-8"),
        (Transport::XhrStreaming, "application/javascript; charset=UTF-8"),
        (Transport::EventSource, "text/event-stream; charset=UTF-8"),
        (Transport::Jsonp, "application/javascript; charset=UTF-8"),
    ] {
        let answer = Line::new(&server.base, &format!("{transport:?}"), transport).listen().await;
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type));
        assert!(answer.header("cache-control").starts_with("no-store"));
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("set-cookie").is_empty());
    }
}

#[tokio::test]
async fn a_payload_is_an_array_of_texts() {
    let server = server().await;
    let mut line = Line::connect(&server.base, "payloads", Transport::Xhr).await;
    for (body, text) in [
        ("", "Payload expected."),
        ("{}", "Payload expected."),
        ("[1]", "Payload expected."),
        ("[\"x", "Broken JSON encoding."),
        ("no", "Broken JSON encoding."),
    ] {
        for act in ["xhr_send", "jsonp_send"] {
            let answer = line.ask("POST", act, &[("content-type", "text/plain")], body).await;
            assert_eq!((answer.status, answer.text().await.as_str()), (500, text), "{act} {body}");
        }
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let bare = line.ask("POST", "jsonp_send", &form, "x=1").await;
    assert_eq!((bare.status, bare.text().await.as_str()), (500, "Payload expected."));
    let large = "x".repeat(1024 * 1024 + 1);
    assert_eq!(line.ask("POST", "xhr_send", &[], &large).await.status, 413);
    // The session takes no harm.
    line.send(json!({ "msg": "ping", "id": "p" })).await;
    assert_eq!(line.wait(|message| message["msg"] == "pong").await["id"], "p");
    let unknown = Line::new(&server.base, "unknown", Transport::Xhr);
    assert_eq!(unknown.ask("POST", "xhr_send", &[], "[]").await.status, 404);
    assert_eq!(unknown.ask("POST", "jsonp_send", &form, "d=%5B%5D").await.status, 404);
}

#[tokio::test]
async fn jsonp_calls_nothing_but_a_name() {
    let server = server().await;
    for (query, text) in [
        ("", "\"callback\" parameter required"),
        ("?x=y", "\"callback\" parameter required"),
        ("?c=", "invalid \"callback\" parameter"),
        ("?c=alert(1)", "invalid \"callback\" parameter"),
        ("?callback=a%3Cb", "invalid \"callback\" parameter"),
    ] {
        let answer = request(&server.base, "GET", &format!("/sockjs/0/jsonp/jsonp{query}"), &[], "").await;
        assert_eq!((answer.status, answer.text().await.as_str()), (500, text), "{query}");
    }
}

#[tokio::test]
async fn one_receiver_at_a_time() {
    let server = server().await;
    for transport in ALL {
        let mut line = Line::connect(&server.base, &format!("two{transport:?}"), transport).await;
        line.rest().await;
        let mut first = line.listening().await;
        let mut second = Line::new(&server.base, &format!("two{transport:?}"), transport);
        assert_eq!(second.frame().await, r#"c[2010,"Another connection still open"]"#, "{transport:?}");
        // The first is still the session's.
        line.send(json!({ "msg": "ping", "id": "p" })).await;
        assert!(first.line().await.unwrap().contains("pong"), "{transport:?}");
    }
}

#[tokio::test]
async fn a_session_whose_receiver_is_cut_is_over() {
    let server = server().await;
    for transport in ALL {
        let mut line = Line::connect(&server.base, &format!("cut{transport:?}"), transport).await;
        line.rest().await;
        drop(line.listening().await);
        let mut again = Line::new(&server.base, &format!("cut{transport:?}"), transport);
        let told = loop {
            let frame = again.frame().await;
            if frame != r#"c[2010,"Another connection still open"]"# {
                break frame;
            }
            again = Line::new(&server.base, &format!("cut{transport:?}"), transport);
        };
        assert_eq!(told, r#"c[1002,"Connection interrupted"]"#, "{transport:?}");
        assert_eq!(again.ask("POST", "xhr_send", &[], "[]").await.status, 404, "{transport:?}");
    }
}

#[tokio::test]
async fn who_asks_after_the_end_is_told_so() {
    let server = server().await;
    for transport in ALL {
        let mut line = Line::new(&server.base, &format!("end{transport:?}"), transport);
        assert_eq!(line.frame().await, "o");
        line.send(json!({ "msg": "connect", "version": "2", "support": ["2"] })).await;
        line.wait(|message| message["msg"] == "failed").await;
        for _ in 0..3 {
            assert_eq!(line.frame().await, r#"c[3000,"Go away!"]"#, "{transport:?}");
        }
        assert_eq!(line.ask("POST", "xhr_send", &[], "[]").await.status, 404, "{transport:?}");
    }
}

#[tokio::test]
async fn a_stream_ends_after_much_and_goes_on_with_the_next() {
    let server = server().await;
    let [ann] = server.users(["ann"]).await;
    let rid = ann.group("den", &[]).await;
    for transport in [Transport::XhrStreaming, Transport::EventSource] {
        let mut line = Line::connect(&server.base, &format!("long{transport:?}"), transport).await;
        line.call("login", json!([{ "resume": ann.login.token }])).await;
        line.sub(MESSAGES, &rid).await;
        for number in 0..60 {
            let text = format!("{number} {}", "x".repeat(4000));
            ann.says(&rid, &text).await;
            line.wait(|message| message["fields"]["args"][0]["msg"] == text.as_str()).await;
        }
    }
}

#[tokio::test]
async fn a_revoked_login_ends_the_session() {
    let server = server().await;
    let [ann] = server.users(["ann"]).await;
    for transport in ALL {
        let other = server.nobody().login("ann", crate::world::PASSWORD).await;
        let mut line = Line::connect(&server.base, &format!("out{transport:?}"), transport).await;
        line.call("login", json!([{ "resume": other.token }])).await;
        ann.rest.as_user(&other).post("logout", json!({})).await.ok();
        let last = loop {
            let frame = line.frame().await;
            if frame.starts_with('c') {
                break frame;
            }
        };
        assert!(last.starts_with("c[1002,"), "{transport:?}: {last}");
    }
}

#[tokio::test]
async fn requests_may_come_in_pieces_and_one_connection() {
    let server = server().await;
    let line = Line::connect(&server.base, "pieces", Transport::Xhr).await;
    let mut wire = server.nobody().wire().await;
    let head = "POST /sockjs/000/pieces/xhr_send HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    for piece in [head, "3\r\n[\"{\r\n", "13\r\n\\\"msg\\\":\\\"ping\\\"}\"]\r\n", "0\r\n\r\n"] {
        wire.write_all(piece.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut line = line;
    line.wait(|message| message["msg"] == "pong").await;
}

#[tokio::test]
async fn a_session_is_found_by_its_whole_name() {
    let server = server().await;
    let mut line = Line::connect(&server.base, "name", Transport::Xhr).await;
    let other = request(&server.base, "POST", "/sockjs/001/name/xhr_send", &[], "[]").await;
    assert_eq!(other.status, 404);
    let mut other = request(&server.base, "POST", "/sockjs/001/name/xhr", &[], "").await;
    assert_eq!(other.line().await.unwrap(), "o");
    line.send(json!({ "msg": "ping", "id": "p" })).await;
    assert_eq!(line.wait(|message| message["msg"] == "pong").await["id"], "p");
}

#[tokio::test]
async fn sessions_take_places_of_connections() {
    let server = server().await;
    let listener = Listener::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    let address = listener.address().unwrap();
    let (_stop, stopped) = watch::channel(false);
    let limits = Limits { connections: 4, proxies: Proxies(0) };
    tokio::spawn(http::serve(listener, server.gantry.routes(), limits, stopped));
    let poll = |number: usize| {
        let last = if number == 3 { "connection: close\r\n" } else { "" };
        format!("POST /sockjs/0/s{number}/xhr HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n{last}\r\n")
    };
    // One connection has room for three sessions beside itself.
    let mut wire = TcpStream::connect(address).await.unwrap();
    wire.write_all((0..4).map(poll).collect::<String>().as_bytes()).await.unwrap();
    let mut answers = String::new();
    wire.read_to_string(&mut answers).await.unwrap();
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3, "{answers}");
    assert_eq!(answers.matches("HTTP/1.1 503 Service Unavailable").count(), 1, "{answers}");
}

#[tokio::test]
async fn the_end_of_the_server_is_told() {
    let server = server().await;
    let mut line = Line::connect(&server.base, "bye", Transport::XhrStreaming).await;
    let socket = Ddp::connect(&server.base).await;
    server.gantry.realtime().close();
    assert_eq!(socket.closed(Duration::from_secs(5)).await.code, Some(1001));
    assert_eq!(line.frame().await, r#"c[1001,"Server is shutting down"]"#);
}
