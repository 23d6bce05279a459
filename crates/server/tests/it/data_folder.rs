//! One process has the data folder at a time.

use gantry_server::data_folder::DataFolder;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_second_user_is_refused_in_one_sentence_until_the_first_is_gone() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("new/data");
    let first = DataFolder::take(&path).unwrap();
    let refused = DataFolder::take(&path).unwrap_err();
    let expected = format!(
        "the data folder {} is in use by another gantry (process {}): stop that one, or choose another folder with --data.",
        path.display(),
        std::process::id()
    );
    assert_eq!((refused.to_string(), refused.code()), (expected, 1));
    drop(first);
    assert_eq!(DataFolder::take(&path).unwrap().path(), path);
}

#[test]
fn a_new_folder_is_its_owners_alone() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("data");
    let _folder = DataFolder::take(&path).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(&path.join("gantry.lock"))), (0o700, 0o600));
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let parent = tempfile::NamedTempFile::new().unwrap();
    let refused = DataFolder::take(&parent.path().join("data")).unwrap_err().to_string();
    assert!(refused.contains("cannot be used") && !refused.contains('\n'), "{refused}");
}
