//! A small HTTP client for tests.

mod answer;
mod raw;

pub use answer::Answer;
pub use raw::RawAnswer;

use bytes::Bytes;
use gantry_model::{UserId, Username};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::time::Duration;

/// How long an answer may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// What stands for itself in a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub id: UserId,
    /// By which name.
    pub username: Username,
    /// The token that proves it.
    pub token: String,
}

/// A client of one server, as one caller. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Rest {
    base: String,
    headers: HeaderMap,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Rest {
    /// A client of the server at `base`, `http://127.0.0.1:3000`, as nobody.
    pub fn new(base: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { base: base.trim_end_matches('/').into(), headers: HeaderMap::new(), client }
    }

    /// The same client as somebody who is logged in.
    #[must_use]
    pub fn as_user(&self, login: &Login) -> Self {
        self.with("x-user-id", login.id.as_str()).with("x-auth-token", &login.token)
    }

    /// The same client with one more header on every request; an earlier one of that name is replaced.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut other = self.clone();
        let value = HeaderValue::from_str(value).expect("a header of a test is a header");
        other.headers.insert(HeaderName::from_static(name), value);
        other
    }

    /// Where the server is.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Logs in with a password; the test fails if that is refused.
    pub async fn login(&self, username: &str, password: &str) -> Login {
        let json = self.post("login", json!({ "user": username, "password": password })).await.ok();
        let text = |value: &Value| value.as_str().map(str::to_owned).expect("a login has ids and a token");
        Login {
            id: text(&json["data"]["userId"]).into(),
            username: text(&json["data"]["me"]["username"]).into(),
            token: text(&json["data"]["authToken"]),
        }
    }

    /// `GET`. A path without a leading `/` is one under `/api/v1/`.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, &with_query(path, query), &[], Bytes::new()).await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::POST, path, &body).await
    }

    /// `PUT` with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::PUT, path, &body).await
    }

    /// `DELETE` with a JSON body.
    pub async fn delete(&self, path: &str, body: Value) -> Answer {
        self.send_json(Method::DELETE, path, &body).await
    }

    async fn send_json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(method, path, &[("content-type", "application/json")], body.to_string()).await
    }

    /// Any request that HTTP allows. For others see [`raw`](Self::raw).
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Answer {
        let path = full(path);
        let mut request = Request::builder().method(&method).uri(format!("{}{path}", self.base));
        request.headers_mut().expect("a request of a test is a request").extend(self.headers.clone());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(body.into())).expect("a request of a test is a request");
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| format!("{error:?}"))?;
            let (head, body) = response.into_parts();
            let body = body.collect().await.map_err(|error| format!("the body broke off: {error:?}"))?;
            Ok::<_, String>(Answer::new(&method, path.clone(), head.status, head.headers, body.to_bytes()))
        };
        match tokio::time::timeout(PATIENCE, exchange).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => panic!("{method} {path}: {error}"),
            Err(_) => panic!("{method} {path}: no answer within {PATIENCE:?}"),
        }
    }
}

fn full(path: &str) -> String {
    if path.starts_with('/') { path.into() } else { format!("/api/v1/{path}") }
}

fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    let encoded = |text| utf8_percent_encode(text, QUERY);
    let pairs: Vec<_> = query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    if pairs.is_empty() { path.into() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// A server that takes one request, answers it with `status` and `body`, and gives back what it was sent.
    async fn serve(status: u16, body: &'static str) -> (Rest, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let rest = Rest::new(&format!("http://{}/", listener.local_addr().expect("bound")));
        let seen = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.expect("a connection");
            let mut request = vec![0; 4096];
            let length = socket.read(&mut request).await.expect("a request");
            let answer =
                format!("HTTP/1.1 {status} Some\r\nX-Some: thing\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            socket.write_all(answer.as_bytes()).await.expect("the client listens");
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        (rest, seen)
    }

    fn ann() -> Login {
        Login { id: "u1".into(), username: "ann".into(), token: "t1".into() }
    }

    #[tokio::test]
    async fn sends_what_it_is_told() {
        let (rest, seen) = serve(200, r#"{"success":true,"n":1}"#).await;
        let answer = rest.as_user(&ann()).get("users.info", &[("username", "bob & co"), ("x", "")]).await;
        assert_eq!((answer.status, answer.header("x-some"), &answer["n"]), (200, Some("thing"), &json!(1)));
        let seen = seen.await.expect("served");
        assert!(seen.starts_with("GET /api/v1/users.info?username=bob%20%26%20co&x= HTTP/1.1\r\n"), "{seen}");
        assert!(seen.contains("\r\nx-user-id: u1\r\n") && seen.contains("\r\nx-auth-token: t1\r\n"), "{seen}");
    }

    #[tokio::test]
    async fn posts_json() {
        let (rest, seen) = serve(200, r#"{"status":"success","data":{}}"#).await;
        rest.post("/api/info", json!({ "a": [1] })).await.ok();
        let seen = seen.await.expect("served");
        assert!(seen.starts_with("POST /api/info HTTP/1.1\r\n") && seen.ends_with("\r\n\r\n{\"a\":[1]}"), "{seen}");
        assert!(seen.contains("\r\ncontent-type: application/json\r\n"), "{seen}");
    }

    #[tokio::test]
    async fn reads_a_login() {
        let (rest, _) = serve(
            200,
            r#"{"status":"success","data":{"userId":"u1","authToken":"t1","me":{"_id":"u1","username":"ann"}}}"#,
        )
        .await;
        assert_eq!(rest.login("ann", "secret").await, ann());
    }

    #[tokio::test]
    async fn sends_raw_bytes() {
        let (rest, seen) = serve(400, r#"{"success":false}"#).await;
        let answer = rest.raw(b"\0\xff nonsense", Duration::from_millis(500)).await;
        assert_eq!((answer.status(), answer.json()), (Some(400), json!({ "success": false })));
        assert!(seen.await.expect("served").ends_with(" nonsense"));
    }
}
