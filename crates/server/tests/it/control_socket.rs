//! Commands beside a running server.

use gantry_server::control::{ControlSocket, Failure, call};
use serde::{Deserialize, Serialize};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Ask {
    Double(u32),
    Fail,
}

async fn answer(ask: Ask) -> Result<u32, String> {
    match ask {
        Ask::Double(number) => Ok(number * 2),
        Ask::Fail => Err("there is no such user".into()),
    }
}

fn start(folder: &Path) -> (watch::Sender<bool>, JoinHandle<()>) {
    let (stop, stopped) = watch::channel(false);
    let socket = ControlSocket::bind(folder).unwrap();
    (stop, tokio::spawn(socket.serve(answer, stopped)))
}

#[tokio::test]
async fn answers_refuses_and_is_gone_after_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(call::<_, u32>(folder.path(), &Ask::Double(4)).await, Ok(None)), "nobody runs yet");
    let (stop, served) = start(folder.path());
    assert_eq!(call(folder.path(), &Ask::Double(4)).await.unwrap(), Some(8));
    let refused = call::<_, u32>(folder.path(), &Ask::Fail).await;
    assert!(matches!(refused, Err(Failure::Refused(sentence)) if sentence == "there is no such user"));
    stop.send_replace(true);
    served.await.unwrap();
    assert!(matches!(call::<_, u32>(folder.path(), &Ask::Double(4)).await, Ok(None)));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the socket is removed");
}

#[tokio::test]
async fn what_a_dead_server_left_behind_is_nobody_and_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    drop(std::os::unix::net::UnixListener::bind(folder.path().join("control.sock")).unwrap());
    assert!(matches!(call::<_, u32>(folder.path(), &Ask::Double(4)).await, Ok(None)));
    let _server = start(folder.path());
    assert_eq!(call(folder.path(), &Ask::Double(4)).await.unwrap(), Some(8));
}

#[tokio::test]
async fn the_socket_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let _server = start(folder.path());
    let mode = std::fs::metadata(folder.path().join("control.sock")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_long_path_to_the_folder_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a".repeat(90)).join("b".repeat(90));
    std::fs::create_dir_all(&deep).unwrap();
    let _server = start(&deep);
    assert_eq!(call(&deep, &Ask::Double(4)).await.unwrap(), Some(8));
}

#[tokio::test]
async fn nonsense_is_answered_and_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let _server = start(folder.path());
    let mut stream = UnixStream::connect(folder.path().join("control.sock")).await.unwrap();
    stream.write_all(b"{\"triple\":1}\n").await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("{\"error\":\"the running server does not know this command"), "{text}");
    assert_eq!(call(folder.path(), &Ask::Double(4)).await.unwrap(), Some(8));
}
