//! What others install.

use std::fs;
use std::path::Path;
use std::process::Command;

/// systemd checks the unit's words; the program's place is not ours to fill, so the check gets the one built here.
#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    let unit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/gantry.service");
    let text = fs::read_to_string(unit).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("gantry.service");
    fs::write(&copy, text.replace("/usr/local/bin/gantry", env!("CARGO_BIN_EXE_gantry"))).unwrap();
    match Command::new("systemd-analyze").arg("verify").arg(&copy).output() {
        Ok(output) => {
            assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr))
        }
        Err(_) => gantry_testkit::skip("systemd", "systemd-analyze is not installed"),
    }
}
