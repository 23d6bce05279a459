//! Stories told in a browser, against the program as a process of its own, on each database. A story is a file in
//! `tests/browser/stories`; each is a test of its own, `<story>::<database>`, found when this program runs: who writes one
//! builds nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "the other tests use the rest")]
#[path = "../it/binary.rs"]
mod binary;

use binary::{Binary, PASSWORD};
use gantry_testkit::{Engine, postgres, skip};
use libtest_mimic::{Arguments, Failed, Trial};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What distributions call the browser.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

fn main() -> ExitCode {
    let trials = stories().into_iter().flat_map(|story| {
        [("sqlite", Engine::Sqlite), ("postgres", Engine::Postgres)].map(|(database, engine)| {
            let (story, name) = (story.clone(), format!("{}::{database}", stem(&story)));
            let test = name.clone();
            Trial::test(name, move || in_thread(test, move || tell(&story, engine, database)))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser")
}

fn stories() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder().join("stories")).unwrap().map(|file| file.unwrap().path());
    let mut stories: Vec<_> = files.filter(|file| file.extension() == Some(OsStr::new("mjs"))).collect();
    stories.sort();
    stories
}

fn stem(story: &Path) -> String {
    story.file_stem().unwrap().to_string_lossy().replace('-', "_")
}

/// Runs a test in a thread of its name, by which it is counted when it is skipped.
fn in_thread(name: String, test: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Result<(), Failed> {
    let thread = std::thread::Builder::new().name(name).spawn(test).unwrap();
    thread.join().unwrap_or_else(|_| Err("the test panicked".into()))
}

/// The browser, if everything is there that a story needs.
fn browser() -> Option<PathBuf> {
    if !runs("node", "--version") {
        skip("node", "Node.js tells the stories");
    } else if !folder().join("node_modules/playwright-core").is_dir() {
        skip("npm", "npm ci in tests/browser installs what drives the browser");
    } else if gantry_server::web::EMBEDDED.is_empty() {
        skip("web", "this build has no web client: make web, and build again");
    } else if let Some(browser) = BROWSERS.iter().find(|browser| runs(browser, "--version")) {
        return Some(PathBuf::from(browser));
    } else {
        skip("chromium", "Chromium is not installed (Debian: apt install chromium)");
    }
    None
}

fn runs(program: &str, flag: &str) -> bool {
    Command::new(program).arg(flag).output().is_ok_and(|output| output.status.success())
}

#[tokio::main(flavor = "current_thread")]
async fn tell(story: &Path, engine: Engine, database: &str) -> Result<(), Failed> {
    let Some(browser) = browser() else { return Ok(()) };
    let data = tempfile::tempdir().unwrap();
    let postgres = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => match postgres::database(async |_| {}).await {
            Some(database) => Some(database),
            None => return Ok(()),
        },
    };
    // A story acts quicker than people do.
    let server = Binary::start(data.path(), postgres.as_ref().map(postgres::Database::url), &["--test-mode"]);
    play(story, &browser, &server, &pictures().join(format!("{}-{database}.png", stem(story))))
}

/// Where pictures of failures go: beside what the build makes.
fn pictures() -> PathBuf {
    let target = gantry_testkit::skipped_tests().map(|list| list.with_file_name("browser"));
    target.unwrap_or_else(std::env::temp_dir)
}

fn play(story: &Path, browser: &Path, server: &Binary, picture: &Path) -> Result<(), Failed> {
    let output = Command::new("node")
        .arg(story)
        .current_dir(folder())
        .env("SERVER", &server.base)
        .env("ADMIN_USERNAME", "admin")
        .env("ADMIN_PASS", PASSWORD)
        .env("CHROMIUM", browser)
        .env("PROGRAM", env!("CARGO_BIN_EXE_gantry"))
        .env("PICTURE", picture)
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let told = [output.stdout, output.stderr].concat();
    Err(format!("{}: {}", story.display(), String::from_utf8_lossy(&told)).into())
}
