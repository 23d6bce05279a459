//! The sources of every crate, line by line, without comments and tests.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// One line of code.
pub(super) struct Line {
    /// From the folder `crates` on.
    file: String,
    number: usize,
    pub(super) code: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  crates/{}:{}: {}", self.file, self.number, self.code.trim())
    }
}

impl Line {
    /// Whether it belongs to the crate in this folder.
    pub(super) fn of(&self, folder: &str) -> bool {
        self.file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether it stands in the module of this path, in its file or in its folder.
    pub(super) fn in_file(&self, module: &str) -> bool {
        self.file.strip_prefix(module).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }

    /// Whether it defines a type or implements it, rather than makes a value.
    pub(super) fn defines(&self) -> bool {
        let code = self.code.trim_start();
        ["pub ", "struct ", "impl ", "impl<", "fn ", "async fn "].iter().any(|word| code.starts_with(word))
            || code.contains("-> ")
    }
}

/// Every line of every crate's `src`. Unit tests are left out: they stand last in a file, behind `#[cfg(test)]`.
pub(super) fn lines() -> Vec<Line> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let mut files = Vec::new();
    for folder in fs::read_dir(&crates).unwrap() {
        collect(&folder.unwrap().path().join("src"), &mut files);
    }
    assert!(files.len() > 20, "the sources were not found");
    files.iter().flat_map(|file| read(&crates, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && path.file_stem().unwrap() != "tests" {
            files.push(path);
        }
    }
}

fn read(crates: &Path, path: &Path) -> Vec<Line> {
    let file = path.strip_prefix(crates).unwrap().to_str().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let code = text.lines().enumerate().take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    let line = |(index, text): (usize, &str)| Line { file: file.to_owned(), number: index + 1, code: text.to_owned() };
    code.filter(|(_, line)| !line.trim_start().starts_with("//")).map(line).collect()
}
