//! The server under trial: a process, its folder, and what the kernel says of it.

use crate::http::{Http, Identity};
use crate::{Options, Result};
use serde_json::json;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

const PASSWORD: &str = "bench-Pw-1234x";
const SECRET: &str = "bench-secret";
const PORT: u16 = 3777;

pub struct Server {
    options: Options,
    folder: TempDir,
    process: Child,
}

/// A made account, and a login of it.
#[derive(Clone, Debug)]
pub struct Account {
    pub name: String,
    pub identity: Identity,
}

impl Server {
    /// A server with as many accounts as clients, all members of the channel `crowd`, each logged in once.
    pub async fn filled(options: &Options) -> Result<(Self, Vec<Account>, String)> {
        let folder = tempfile::tempdir()?;
        let mut server = Self { options: options.clone(), process: spawn(options, &folder)?, folder };
        server.answers().await?;
        server.stop().await?;
        let users = options.clients.to_string();
        let seed = Command::new(&options.server)
            .args(["seed", "--users", &users, "--room", "crowd", "--password", PASSWORD, "--data"])
            .arg(server.folder.path())
            .stdout(Stdio::null())
            .status();
        if !seed.await?.success() {
            return Err("the seed failed".into());
        }
        server.start().await?;
        let accounts = server.log_everybody_in().await?;
        let mut http = server.http().await?;
        let room = http.call(&accounts[0].identity, "rooms.info?roomName=crowd", None).await?;
        let room = room["room"]["_id"].as_str().unwrap_or_default().to_owned();
        Ok((server, accounts, room))
    }

    /// Starts it again on its folder; seconds until it answered.
    pub async fn start(&mut self) -> Result<f64> {
        let begin = Instant::now();
        self.process = spawn(&self.options, &self.folder)?;
        self.answers().await?;
        Ok(begin.elapsed().as_secs_f64())
    }

    async fn answers(&self) -> Result<()> {
        let begin = Instant::now();
        loop {
            match self.ask().await {
                Err(error) if begin.elapsed() > Duration::from_secs(30) => return Err(error),
                Err(_) => sleep(Duration::from_millis(1)).await,
                Ok(()) => return Ok(()),
            }
        }
    }

    async fn ask(&self) -> Result<()> {
        self.http().await?.call(&Identity::default(), "info", None).await.map(drop)
    }

    /// Ends it as a service manager does.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(pid) = self.process.id() {
            Command::new("kill").arg(pid.to_string()).status().await?;
        }
        self.process.wait().await?;
        Ok(())
    }

    /// Ends it without warning.
    pub async fn kill(&mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }

    pub fn address(&self) -> String {
        format!("127.0.0.1:{PORT}")
    }

    pub async fn http(&self) -> Result<Http> {
        Http::open(&self.address()).await
    }

    async fn log_everybody_in(&self) -> Result<Vec<Account>> {
        let mut http = self.http().await?;
        let admin = login(&mut http, "admin").await?;
        let mut accounts = Vec::new();
        for number in 0..self.options.clients {
            let name = format!("bench{number}");
            let made =
                http.call(&admin, "users.createToken", Some(&json!({ "username": name, "secret": SECRET }))).await?;
            accounts.push(Account { name, identity: identity(&made["data"]) });
        }
        Ok(accounts)
    }

    /// CPU seconds so far.
    pub fn cpu(&self) -> f64 {
        let stat = self.proc("stat");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        (ticks(11) + ticks(12)) / 100.0
    }

    /// Proportional set size in KiB.
    pub fn memory(&self) -> f64 {
        let rollup = self.proc("smaps_rollup");
        let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        pss.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
    }

    fn proc(&self, file: &str) -> String {
        let pid = self.process.id().unwrap_or_default();
        std::fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default()
    }
}

/// Logs in with the password that all accounts share.
pub async fn login(http: &mut Http, name: &str) -> Result<Identity> {
    let body = json!({ "user": name, "password": PASSWORD });
    Ok(identity(&http.call(&Identity::default(), "login", Some(&body)).await?["data"]))
}

fn identity(data: &serde_json::Value) -> Identity {
    let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
    Identity { id: text("userId"), token: text("authToken") }
}

fn spawn(options: &Options, folder: &TempDir) -> Result<Child> {
    let child = Command::new(&options.server)
        .args(["serve", "--test-mode", "--rate-limiter=false", "--log-level", "error", "--address", "127.0.0.1"])
        .args(["--port", &PORT.to_string(), "--data"])
        .arg(folder.path())
        .env("ADMIN_USERNAME", "admin")
        .env("ADMIN_PASS", PASSWORD)
        .env("GANTRY_TOKEN_SECRET", SECRET)
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    Ok(child)
}
