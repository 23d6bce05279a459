//! A whole server in the test's own process, and people on it.

use gantry_chat::Options;
use gantry_model::{Capabilities, Capability, Clock, Millis, Overrides};
use gantry_rest::Bounds;
use gantry_server::gantry::Gantry;
use gantry_server::http::{self, Limits, Listener, Proxies};
use gantry_store::{Database, Synchronous};
use gantry_testkit::{Ddp, Engine, Login, OnEngine, Rest, postgres};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use tokio::sync::watch;

pub(crate) use crate::binary::PASSWORD;

/// SHA-256 of [`PASSWORD`] in hex.
pub(crate) fn digest() -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, PASSWORD.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// With it programs make tokens for others.
pub(crate) const TOKEN_SECRET: &str = "a secret of the configuration";

/// A server on one of the databases, with an administrator.
pub(crate) struct Server {
    pub(crate) base: String,
    pub(crate) engine: Engine,
    pub(crate) admin: User,
    pub(crate) gantry: Gantry,
    database: Database,
    clock: Clock,
    capabilities: Capabilities,
    stop: watch::Sender<bool>,
    _folder: Option<tempfile::TempDir>,
    _postgres: Option<postgres::Database>,
}

/// Somebody on a server.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) login: Login,
    pub(crate) rest: Rest,
}

impl User {
    pub(crate) fn id(&self) -> &str {
        self.login.id.as_str()
    }

    pub(crate) fn username(&self) -> &str {
        self.login.username.as_str()
    }

    /// A socket on which the user is logged in.
    pub(crate) async fn socket(&self) -> Ddp {
        let socket = Ddp::connect(self.rest.base()).await;
        socket.login(&self.login).await;
        socket
    }

    /// Makes a private group with these members; its id.
    pub(crate) async fn group(&self, name: &str, members: &[&User]) -> String {
        self.room("groups.create", "group", name, members).await
    }

    /// Makes a channel with these members; its id.
    pub(crate) async fn channel(&self, name: &str, members: &[&User]) -> String {
        self.room("channels.create", "channel", name, members).await
    }

    async fn room(&self, call: &str, key: &str, name: &str, members: &[&User]) -> String {
        let members: Vec<&str> = members.iter().map(|user| user.username()).collect();
        let made = self.rest.post(call, json!({ "name": name, "members": members })).await.ok();
        made[key]["_id"].as_str().unwrap().to_owned()
    }

    /// Says something; the message.
    pub(crate) async fn says(&self, rid: &str, text: &str) -> Value {
        let sent = self.rest.post("chat.sendMessage", json!({ "message": { "rid": rid, "msg": text } })).await.ok();
        sent["message"].clone()
    }
}

impl OnEngine for Server {
    async fn on(engine: Engine) -> Option<Self> {
        let (database, folder, postgres) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("gantry.db");
                (Database::Sqlite { path, synchronous: Synchronous::Full }, Some(folder), None)
            }
            Engine::Postgres => {
                let postgres = postgres::database(migrate).await?;
                (Database::Postgres { url: postgres.url().to_owned() }, None, Some(postgres))
            }
        };
        let clock = Clock::system();
        let capabilities = Capabilities::built();
        let (base, gantry, stop) = start(&database, &clock, capabilities).await;
        let admin = first_administrator(&base).await;
        Some(Self {
            base,
            engine,
            admin,
            gantry,
            database,
            clock,
            capabilities,
            stop,
            _folder: folder,
            _postgres: postgres,
        })
    }
}

async fn migrate(url: String) {
    let migrated =
        tokio::task::spawn_blocking(move || gantry_store::migrate(&Database::Postgres { url }, &Clock::system()));
    migrated.await.unwrap().unwrap();
}

async fn start(
    database: &Database,
    clock: &Clock,
    capabilities: Capabilities,
) -> (String, Gantry, watch::Sender<bool>) {
    let options = Options {
        database: database.clone(),
        clock: clock.clone(),
        overrides: Overrides::default(),
        root_url: None,
        token_secret: Some(TOKEN_SECRET.into()),
        capabilities,
        test_mode: false,
    };
    let gantry = Gantry::open(options, Bounds { unlimited: true, ..Bounds::default() }).await.unwrap();
    let listener = Listener::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    let base = format!("http://{}", listener.address().unwrap());
    let (stop, stopped) = watch::channel(false);
    let limits = Limits { connections: 5_000, proxies: Proxies(0) };
    tokio::spawn(http::serve(listener, gantry.routes(), limits, stopped));
    (base, gantry, stop)
}

/// The first account made from the machine itself is the administrator.
async fn first_administrator(base: &str) -> User {
    let admin = register(base, "admin").await;
    let me = admin.rest.get("me", &[]).await.ok();
    assert!(me["roles"].as_array().unwrap().contains(&json!("admin")), "{me}");
    admin
}

async fn register(base: &str, name: &str) -> User {
    let rest = Rest::new(base);
    let account = json!({ "username": name, "name": name, "email": format!("{name}@example.org"), "pass": PASSWORD });
    rest.post("users.register", account).await.ok();
    let login = rest.login(name, PASSWORD).await;
    User { rest: rest.as_user(&login), login }
}

impl Server {
    /// People without any special role.
    pub(crate) async fn users<const N: usize>(&self, names: [&str; N]) -> [User; N] {
        let mut users = Vec::new();
        for name in names {
            users.push(register(&self.base, name).await);
        }
        users.try_into().unwrap_or_else(|_| unreachable!("as many as names"))
    }

    /// Somebody who is not logged in.
    pub(crate) fn nobody(&self) -> Rest {
        Rest::new(&self.base)
    }

    /// Sets which roles hold a permission.
    pub(crate) async fn grant(&self, permission: &str, roles: &[&str]) {
        let body = json!({ "permissions": [{ "_id": permission, "roles": roles }] });
        self.admin.rest.post("permissions.update", body).await.ok();
    }

    /// Changes a setting.
    pub(crate) async fn set(&self, setting: &str, value: Value) {
        let admin = self.admin.rest.with("x-2fa-code", &digest()).with("x-2fa-method", "password");
        admin.post(&format!("settings/{setting}"), json!({ "value": value })).await.ok();
    }

    /// Stops and starts again on the same data; logins stay good.
    pub(crate) async fn restart(&mut self) {
        self.stop.send_replace(true);
        self.gantry.close().await;
        let (base, gantry, stop) = start(&self.database, &self.clock, self.capabilities).await;
        (self.base, self.gantry, self.stop) = (base, gantry, stop);
        self.admin = self.here(&self.admin);
    }

    /// Stops and starts again with a clock that stands still until [`Server::pass_days`].
    pub(crate) async fn restart_with_own_clock(&mut self) {
        self.clock = Clock::manual(self.clock.now());
        self.restart().await;
    }

    /// Stops and starts again as a server that also offers these, whether they are built or not.
    pub(crate) async fn restart_offering(&mut self, more: &[Capability]) {
        self.capabilities = more.iter().fold(self.capabilities, |all, one| all.with(*one));
        self.restart().await;
    }

    /// The time by the server's clock.
    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Lets time pass; for a server with its own clock.
    pub(crate) fn pass_days(&self, days: i64) {
        self.pass(days * 24 * 60 * 60 * 1_000);
    }

    /// Lets so many ms pass; for a server with its own clock.
    pub(crate) fn pass(&self, millis: i64) {
        self.clock.set(Millis(self.clock.now().0 + millis));
    }

    /// A user as a client of the server as it runs now.
    pub(crate) fn here(&self, user: &User) -> User {
        User { login: user.login.clone(), rest: Rest::new(&self.base).as_user(&user.login) }
    }
}
