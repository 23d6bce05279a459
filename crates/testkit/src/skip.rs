//! Tests that cannot run here say so, and are counted.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where skipped tests leave a line each: `target/skipped-tests.txt`. Whoever starts a run removes it first.
pub fn list() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists())?;
    Some(target.join("skipped-tests.txt"))
}

/// Notes loudly that the running test is skipped because `need` is not met, with the reason.
///
/// With `GANTRY_REQUIRE_<NEED>=1` in the environment the test fails instead: `skip("postgres", …)` heeds
/// `GANTRY_REQUIRE_POSTGRES`.
pub fn skip(need: &str, reason: &str) {
    let variable = format!("GANTRY_REQUIRE_{}", need.to_uppercase());
    let demanded = env::var(&variable).is_ok_and(|value| value != "0");
    assert!(!demanded, "{variable} is set, but {reason}");
    let line = format!("{}: needs {need}: {reason}", test());
    eprintln!("SKIPPED {line}");
    if let Some(error) = list().and_then(|list| note(&list, &line).err()) {
        eprintln!("and could not be counted: {error}");
    }
}

/// The running test: its thread has its name.
fn test() -> String {
    std::thread::current().name().unwrap_or("a test").into()
}

/// Appends in one write, so that lines of tests that run at the same time do not mix.
fn note(list: &Path, line: &str) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(list)?.write_all(format!("{line}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("skipped-tests.txt");
        note(&list, "one").and_then(|()| note(&list, "two")).expect("writable");
        assert_eq!(std::fs::read_to_string(list).expect("there"), "one\ntwo\n");
    }

    #[test]
    fn knows_the_test_and_the_folder() {
        assert_eq!(test(), "skip::tests::knows_the_test_and_the_folder");
        assert!(list().expect("tests run from the target folder").with_file_name("CACHEDIR.TAG").exists());
    }
}
