//! Many at once: a crowd that only listens beside some who flood, and a crowd that comes back after a kill.

use crate::binary::Binary;
use crate::memory::held_by;
use crate::wire::Wire;
use crate::world::PASSWORD;
use futures_util::future::join_all;
use gantry_testkit::{Engine, Login, Rest, both_databases, postgres};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Semaphore;

const MESSAGES: &str = "stream-room-messages";
const STATUS: (&str, &str) = ("stream-notify-logged", "user-status");
const SOON: Duration = Duration::from_secs(20);

/// Sockets of everybody together in the suite; more with `GANTRY_CROWD`.
const CROWD: usize = 800;
/// Sockets of each.
const EACH: usize = 20;
/// How many are opened at once.
const AT_ONCE: usize = 1_000;

/// How many people there are.
fn number_of_people() -> usize {
    let wanted = std::env::var("GANTRY_CROWD").ok().and_then(|crowd| crowd.parse().ok());
    wanted.unwrap_or(CROWD).div_ceil(EACH)
}

/// How many of them flood.
fn number_of_flooders() -> usize {
    (number_of_people() / 10).clamp(10, 50)
}

/// All come from one address, by a proxy.
const OFFICE: &str = "203.0.113.9";

/// A server with its limits on, and people in a hall.
struct Town {
    server: Option<Binary>,
    base: String,
    folder: TempDir,
    postgres: Option<postgres::Database>,
    admin: Login,
    people: Vec<Login>,
    flooders: Vec<Login>,
    hall: String,
    square: String,
}

fn start(folder: &TempDir, postgres: Option<&postgres::Database>) -> Binary {
    Binary::start(folder.path(), postgres.map(postgres::Database::url), &["--forwarded-count", "1"])
}

fn from_office(base: &str) -> Rest {
    Rest::new(base).with("x-forwarded-for", OFFICE)
}

fn headers() -> String {
    format!("x-forwarded-for: {OFFICE}\r\n")
}

async fn people(admin: &Rest, prefix: &str, many: usize) -> Vec<Login> {
    let mut logins = Vec::new();
    for number in 0..many {
        let name = format!("{prefix}{number}");
        let email = format!("{name}@example.org");
        let account = json!({ "username": name, "name": name, "email": email, "password": PASSWORD });
        admin.post("users.create", account).await.ok();
        logins.push(from_office(admin.base()).login(&name, PASSWORD).await);
    }
    logins
}

async fn room(admin: &Rest, name: &str, members: &[Login]) -> String {
    let members: Vec<&str> = members.iter().map(|login| login.username.as_str()).collect();
    let made = admin.post("channels.create", json!({ "name": name, "members": members })).await.ok();
    made["channel"]["_id"].as_str().unwrap().to_owned()
}

impl Town {
    async fn on(engine: Engine) -> Option<Self> {
        gantry_server::http::raise_open_files();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::database(async |_| {}).await?),
        };
        let folder = tempfile::tempdir().unwrap();
        let server = start(&folder, postgres.as_ref());
        let base = server.base.clone();
        let admin = from_office(&base).login("admin", PASSWORD).await;
        let rest = from_office(&base).as_user(&admin);
        let (people, flooders) =
            (people(&rest, "guest", number_of_people()).await, people(&rest, "flood", number_of_flooders()).await);
        let (hall, square) = (room(&rest, "hall", &people).await, room(&rest, "square", &flooders).await);
        Some(Self { server: Some(server), base, folder, postgres, admin, people, flooders, hall, square })
    }

    fn rest(&self, login: &Login) -> Rest {
        from_office(&self.base).as_user(login)
    }

    /// Every socket of everybody, opened at once as far as [`AT_ONCE`] goes, listening to the hall.
    async fn crowd(&self) -> Vec<Wire> {
        let gate = Arc::new(Semaphore::new(AT_ONCE));
        let sockets = self.people.iter().flat_map(|login| (0..EACH).map(move |_| login));
        let comers = sockets.map(|login| {
            let (base, login, hall, gate) = (self.base.clone(), login.clone(), self.hall.clone(), gate.clone());
            tokio::spawn(async move {
                let _place = gate.acquire().await.unwrap();
                let mut wire = Wire::logged_in(&base, &headers(), &login).await;
                wire.stream(MESSAGES, &hall).await;
                wire
            })
        });
        join_all(comers.collect::<Vec<_>>()).await.into_iter().map(Result::unwrap).collect()
    }

    /// Says something in the hall, which everybody there hears.
    async fn is_heard_by(&self, crowd: &mut [Wire], words: &str) {
        let message = json!({ "message": { "rid": self.hall, "msg": words } });
        self.rest(&self.admin).post("chat.sendMessage", message).await.ok();
        let heard = |frame: &Value| frame["collection"] == MESSAGES && frame["fields"]["args"][0]["msg"] == words;
        join_all(crowd.iter_mut().map(|wire| wire.wait(heard))).await;
    }

    fn held(&self) -> u64 {
        held_by(self.server.as_ref().unwrap().id())
    }

    fn grew_little(&self, before: u64) {
        let now = self.held();
        assert!(now < 2 * before + (32 << 20), "{now} bytes are held, {before} before");
    }

    /// Calls without a pause, by REST and over a socket; how many of each were too many.
    async fn flood(&self, login: &Login) -> (usize, usize) {
        let rest = self.rest(login);
        let message = json!({ "rid": self.square, "msg": "flood" });
        let posts = join_all((0..40).map(|_| rest.post("chat.sendMessage", json!({ "message": message })))).await;
        let refused = posts.iter().filter(|answer| answer.status == 429).count();
        let mut wire = Wire::logged_in(&self.base, &headers(), login).await;
        let mut limited = 0;
        for _ in 0..100 {
            let result = wire.call("sendMessage", json!([message])).await;
            limited += usize::from(result["error"]["error"] == "too-many-requests");
        }
        (refused, limited)
    }
}

both_databases! {
    async fn a_flood_beside_a_crowd(engine: Engine) {
        let Some(mut town) = Town::on(engine).await else { return };
        let mut crowd = town.crowd().await;
        assert_eq!(crowd.len(), town.people.len() * EACH);
        town.is_heard_by(&mut crowd, "before").await;
        let before = town.held();
        let floods = join_all(town.flooders.iter().map(|login| town.flood(login))).await;
        assert!(floods.iter().all(|(refused, limited)| *refused >= 20 && *limited >= 20), "{floods:?}");
        town.is_heard_by(&mut crowd, "afterwards").await;
        town.grew_little(before);
        assert!(town.server.as_mut().unwrap().runs());
    }

    /// Neither the limiter nor those who try passwords from the same address keep anybody out, and presence is told once.
    async fn all_come_back_after_a_kill(engine: Engine) {
        let Some(mut town) = Town::on(engine).await else { return };
        let crowd = town.crowd().await;
        let before = town.held();
        town.server.take().unwrap().kill();
        for mut wire in crowd {
            wire.end().await;
        }
        let server = start(&town.folder, town.postgres.as_ref());
        town.base.clone_from(&server.base);
        town.server = Some(server);
        let office = from_office(&town.base);
        let tries = (0..60).map(|n| office.post("login", json!({ "user": format!("nobody{n}"), "password": "x" })));
        let tries = join_all(tries).await;
        assert!(tries.iter().any(|answer| answer["error"] == "error-login-blocked-for-ip"), "{:#?}", tries.last());
        let watcher = gantry_testkit::Ddp::connect(&town.base).await;
        watcher.login(&town.admin).await;
        watcher.stream(STATUS.0, STATUS.1).await;
        let mut crowd = town.crowd().await;
        assert_eq!(crowd.len(), town.people.len() * EACH, "everybody is back");
        town.is_heard_by(&mut crowd, "welcome back").await;
        town.grew_little(before);
        let last = town.people.last().unwrap().id.as_str();
        watcher.expect_where(STATUS.0, STATUS.1, SOON, |args| args[0][0] == last).await;
        watcher.barrier().await;
        let frames = watcher.heard();
        let told = frames.iter().filter(|frame| frame["fields"]["eventName"] == STATUS.1);
        let told: Vec<&Value> = told.map(|frame| &frame["fields"]["args"][0][0]).collect();
        for person in &town.people {
            let times = told.iter().filter(|id| **id == person.id.as_str()).count();
            assert!(times <= 1, "{} came online {times} times", person.username);
        }
        let online = town.rest(&town.admin).get("users.presence", &[]).await.ok()["users"].clone();
        let online: Vec<&str> = online.as_array().unwrap().iter().filter_map(|user| user["_id"].as_str()).collect();
        assert!(town.people.iter().all(|person| online.contains(&person.id.as_str())), "{online:?}");
    }
}
