//! The pages for people and for machines that watch over the server.

use crate::client::Client;
use axum::Router;
use gantry_server::health::{self, Check};
use gantry_server::http::{Limits, Listener, Proxies, serve};
use std::net::SocketAddr;
use tokio::sync::watch;

/// The sender stops the server when it is dropped with the test's runtime.
pub(crate) fn start(app: Router) -> SocketAddr {
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
