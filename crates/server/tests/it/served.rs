//! What `gantry endpoints` and `gantry methods` print.

use gantry_server::cli::{Endpoints, Methods};
use gantry_server::commands;
use std::path::PathBuf;

fn missing(folder: &tempfile::TempDir, text: &str) -> Option<PathBuf> {
    let file = folder.path().join("list");
    std::fs::write(&file, text).unwrap();
    Some(file)
}

#[test]
fn what_is_served_is_listed() {
    let listed = commands::methods(&Methods::default()).unwrap();
    assert!(listed.lines().any(|line| line == "saveRoomSettings"), "{listed}");
    assert!(listed.lines().is_sorted());
    let listed = commands::endpoints(&Endpoints::default()).unwrap();
    assert!(listed.lines().any(|line| line == "POST /api/v1/rooms.saveRoomSettings"), "{listed}");
}

#[test]
fn what_a_list_has_and_the_server_has_not_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let list = "spotlight\n| `botRequest` | prop | any |\n\n| `UserPresence:away` | - |\n  livechat:addAgent x\n";
    let told = commands::methods(&Methods { missing: missing(&folder, list) }).unwrap();
    assert_eq!(told, "botRequest\nlivechat:addAgent\n");
    let list = "GET /api/v1/spotlight\nPOST /api/v1/no.such\nnonsense\n";
    let told = commands::endpoints(&Endpoints { missing: missing(&folder, list) }).unwrap();
    assert_eq!(told, "POST /api/v1/no.such\n");
    let nowhere = Some(folder.path().join("nowhere"));
    assert!(commands::methods(&Methods { missing: nowhere }).is_err());
}
