//! The program as an operator meets it: its sentences, its exit codes, its start and its end.

use crate::binary::port;
use crate::client::Client;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The program in `folder`, without this process's own variables.
fn gantry(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

fn output(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    gantry(folder.path(), arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A server that has said that it is ready.
struct Server {
    child: Child,
    addr: SocketAddr,
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = gantry(folder, &[&["--port", "0"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| port(&line.unwrap())).expect("a line that says where to go");
        Self { child, addr: SocketAddr::from(([127, 0, 0, 1], port)) }
    }

    fn stop(mut self, signal: Signal) -> Option<i32> {
        let pid = Pid::from_raw(self.child.id().try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_cannot_be_understood_is_one_sentence_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wrong.toml"), "[http]\nprot = 1").unwrap();
    for (arguments, sentence) in [
        (&["--prot", "1"][..], "gantry: unexpected argument '--prot' found; did you mean --port? See gantry --help.\n"),
        (&["migrat"], "gantry: unrecognized subcommand 'migrat'; did you mean migrate? See gantry --help.\n"),
        (&["--port", "x"], "gantry: http.port is \"x\" (flag --port): expected a number from 0 to 65535.\n"),
        (&["config", "--config", "wrong.toml"], "gantry: wrong.toml: unknown key http.prot; did you mean http.port?\n"),
    ] {
        let output = gantry(folder.path(), arguments).output().unwrap();
        assert_eq!((text(&output.stderr), output.status.code()), (sentence, Some(2)));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn help_and_version_are_answers() {
    let help = output(&["--help"]);
    assert!(text(&help.stdout).contains("--forwarded-count") && help.status.success());
    for arguments in [["version"], ["--version"]] {
        let version = output(&arguments);
        assert_eq!(text(&version.stdout), format!("gantry {}\n", env!("CARGO_PKG_VERSION")));
    }
}

#[test]
fn config_tells_what_is_in_force_and_why() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("gantry.toml"), "data = \"/srv/chat\"").unwrap();
    let output = gantry(folder.path(), &["config", "--port", "8080"]).env("ADMIN_PASS", "hush").output().unwrap();
    let lines: Vec<_> =
        text(&output.stdout).lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "data = /srv/chat # file gantry.toml",
        "http.port = 8080 # flag --port",
        "admin.password = *** # environment ADMIN_PASS",
        "log.level = info # default",
    ] {
        assert!(lines.iter().any(|own| own == line), "{line} in {lines:#?}");
    }
}

#[test]
fn a_fixed_setting_that_cannot_be_is_refused_and_one_in_vain_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["config", "serve", "user"] {
        let arguments = if command == "user" { &["user", "list"][..] } else { &[command] };
        let mut wrong = gantry(folder.path(), arguments);
        let output = wrong.env("OVERWRITE_SETTING_Message_MaxAllowedSize", "abc").output().unwrap();
        let sentence = "gantry: The setting Message_MaxAllowedSize is fixed to a value it cannot have: it must be a whole \
                        number (environment OVERWRITE_SETTING_Message_MaxAllowedSize).\n";
        assert_eq!((text(&output.stderr), output.status.code()), (sentence, Some(2)), "{command}");
    }
    let mut command = gantry(folder.path(), &["--port", "0", "--ephemeral"]);
    command.env("OVERWRITE_SETTING_Nothing", "x").env("OVERWRITE_SETTING_FileUpload_Enabled", "true");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let told: Vec<String> =
        BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok).take(2).collect();
    let server = Server { child, addr: SocketAddr::from(([127, 0, 0, 1], 0)) };
    assert!(told[0].ends_with("Nothing is fixed but is no setting here, and not used"), "{told:?}");
    assert!(told[1].contains("FileUpload_Enabled is fixed but needs what is not built yet: it stays off"), "{told:?}");
    drop(server);
}

#[test]
fn what_a_list_has_and_the_server_has_not_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let list =
        "method path note\nGET\t/api/v1/me\tthere\nPOST /api/v1/x.y\nget groups.dance now\nPOST method.call/:method\n";
    std::fs::write(folder.path().join("list"), list).unwrap();
    std::fs::write(folder.path().join("prose"), "Nothing of the kind.\n").unwrap();
    let missing = |file| gantry(folder.path(), &["endpoints", "--missing", file]).output().unwrap();
    assert_eq!(text(&missing("list").stdout), "POST /api/v1/x.y\nGET /api/v1/groups.dance\n");
    let prose = missing("prose");
    let sentence = "gantry: prose names no endpoint: each line begins with a verb and a path, as in GET /api/v1/me.\n";
    assert_eq!((text(&prose.stderr), prose.status.code()), (sentence, Some(1)));
}

#[tokio::test]
async fn serves_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let mut client = Client::connect(server.addr).await;
    for path in ["/", "/livez", "/readyz", "/health"] {
        assert_eq!(client.get(path, "").await.status, 200, "{path}");
    }
    let metrics = client.get("/metrics", "").await;
    assert!(metrics.body.contains("gantry_http_requests_total{endpoint="), "{}", metrics.body);
    assert!(metrics.body.contains("gantry_http_connections 1"));
    assert_eq!(client.get("/metrics", "x-forwarded-for: 127.0.0.1\r\n").await.status, 404, "not through a proxy");
    assert!(folder.path().join("data/gantry.lock").exists());
    drop(client);
    assert_eq!(server.stop(Signal::TERM), Some(0));
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::start(folder.path(), &[]);
    let second = gantry(folder.path(), &["--port", "0"]).output().unwrap();
    let sentence = format!("the data folder ./data is in use by another gantry (process {})", first.child.id());
    assert!(text(&second.stderr).contains(&sentence), "{}", text(&second.stderr));
    assert_eq!(second.status.code(), Some(1));
    assert_eq!(first.stop(Signal::INT), Some(0));
}

#[test]
fn a_taken_port_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--ephemeral"]);
    let port = server.addr.port().to_string();
    let second = gantry(folder.path(), &["--ephemeral", "--port", &port]).output().unwrap();
    let told = text(&second.stderr);
    assert!(told.contains("cannot listen on") && told.contains("Choose another with --port"), "{told}");
    assert_eq!(second.status.code(), Some(1));
}

#[test]
fn an_ephemeral_server_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = gantry(folder.path(), &["--port", "0", "--ephemeral"]);
    let mut child = command.env("TMPDIR", folder.path()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines.find_map(|line| port(&line.unwrap())).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(Server { child, addr: SocketAddr::from(([127, 0, 0, 1], port)) }.stop(Signal::TERM), Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
