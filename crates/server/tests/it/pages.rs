//! The pages for people and for machines that watch over the server.

use crate::client::Client;
use axum::Router;
use gantry_server::health::{self, Check};
use gantry_server::http::{Limits, Listener, Proxies, serve};
use gantry_server::status_page;
use std::net::SocketAddr;
use tokio::sync::watch;

/// The sender stops the server when it is dropped with the test's runtime.
fn start(app: Router) -> SocketAddr {
    let listener = Listener::bind("127.0.0.1".parse().unwrap(), 0).unwrap();
    let addr = listener.address().unwrap();
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        serve(listener, app, Limits { connections: 10, proxies: Proxies(0) }, stopped).await;
        drop(stop);
    });
    addr
}

fn check(name: &'static str, finding: Result<(), &'static str>) -> Check {
    Check::new(name, move || std::future::ready(finding.map_err(str::to_owned)))
}

#[tokio::test]
async fn a_healthy_server_says_ok() {
    let mut client = Client::connect(start(health::routes(vec![check("database", Ok(()))]))).await;
    for path in ["/livez", "/readyz", "/health"] {
        let answer = client.get(path, "").await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_cannot_answer_says_why_and_lives() {
    let checks = vec![
        check("database", Err("cannot be written: the disk is full")),
        check("events", Ok(())),
        Check::new("files", std::future::pending),
    ];
    let mut client = Client::connect(start(health::routes(checks))).await;
    let answer = client.get("/readyz", "").await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.body, "database: cannot be written: the disk is full\nfiles: no answer within 3 s\n");
    assert_eq!(client.get("/livez", "").await.status, 200);
}

#[tokio::test]
async fn the_status_page_tells_the_desktop_app_its_version_and_allows_nothing_foreign() {
    let mut client = Client::connect(start(status_page::route("8.5.0", "0.1.0"))).await;
    let page = client.get("/", "").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"));
    assert!(
        page.body.contains("if (name === \"/app/utils/rocketchat.info\") return { Info: { version: \"8.5.0\" } };")
    );
    assert!(page.body.contains("<html lang=\"en\">") && page.body.contains("prefers-color-scheme: dark"));
    assert!(!page.body.contains("{version}") && !page.body.contains("{speaks}"));
}
