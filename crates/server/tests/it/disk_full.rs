//! A full disk: sends are refused clearly and at once, reads go on, and with room again the server works as before.

use crate::binary::Binary;
use crate::world::PASSWORD;
use gantry_testkit::{Rest, skip};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A file system of fixed size, as long as it lives.
struct Small(PathBuf);

impl Small {
    /// Nothing where mounting is not allowed.
    fn mount(at: &Path) -> Option<Self> {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(at).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Self(at.to_owned()));
        }
        skip("mount", "a file system of fixed size stands for a full disk");
        None
    }

    /// Takes up all the room that is left but `spare` bytes.
    fn fill(&self, spare: u64) {
        let mut file = std::fs::File::create(self.0.join("filler")).unwrap();
        let block = vec![0_u8; 1 << 16];
        while file.write_all(&block).is_ok() {}
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(spare)).unwrap();
    }

    fn free(&self) {
        std::fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Small::mount(folder.path()) else { return };
    let mut server = Binary::start(&folder.path().join("data"), None, &["--test-mode"]);
    let login = Rest::new(&server.base).login("admin", PASSWORD).await;
    let admin = Rest::new(&server.base).as_user(&login);
    let made = admin.post("channels.create", json!({ "name": "tight" })).await.ok();
    let rid = made["channel"]["_id"].as_str().unwrap().to_owned();
    let send = async |n: u32| {
        let began = Instant::now();
        let text = format!("{n} {}", "x".repeat(4_000));
        let answer = admin.post("chat.sendMessage", json!({ "message": { "rid": rid, "msg": text } })).await;
        (answer, began.elapsed())
    };
    disk.fill(256 << 10);
    let (mut stored, mut refused) = (Vec::new(), 0);
    for n in 0..400 {
        let (answer, took) = send(n).await;
        assert!(took < Duration::from_secs(1), "the answer took {took:?}");
        if answer.status == 200 {
            stored.push(answer.json["message"]["_id"].as_str().unwrap().to_owned());
        } else {
            assert_eq!((answer.status, answer.json["error"].as_str()), (503, Some("Service Unavailable")));
            refused += 1;
        }
        if refused > 20 {
            break;
        }
    }
    assert!(refused > 20, "the disk never filled up");
    let kept = history(&admin, &rid).await;
    assert!(stored.iter().all(|id| kept.contains(id)), "an acknowledged message is gone");
    assert_eq!(kept.len(), stored.len(), "a refused message is there");
    disk.free();
    let (answer, _) = send(1_000).await;
    stored.push(answer.ok()["message"]["_id"].as_str().unwrap().to_owned());
    assert_eq!(history(&admin, &rid).await.len(), stored.len());
    assert!(server.runs(), "the server went down");
}

async fn history(rest: &Rest, rid: &str) -> Vec<String> {
    let page = rest.get("channels.messages", &[("roomId", rid), ("count", "0")]).await.ok();
    let messages = page["messages"].as_array().unwrap().iter().filter(|message| message["t"].is_null());
    messages.filter_map(|message| message["_id"].as_str().map(str::to_owned)).collect()
}
