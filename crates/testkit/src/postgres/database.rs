//! A database per test, cloned from a template.

use super::server;
use super::shared::Shared;
use std::any::type_name;
use std::hash::{DefaultHasher, Hash, Hasher};
use tokio::sync::OnceCell;
use tokio_postgres::Client;

/// This process's stay at the shared server; `None` where PostgreSQL is not installed.
static SHARED: OnceCell<Option<Shared>> = OnceCell::const_new();

/// A database of one test. Dropped with it, also when the test fails; connections that are still open are cut.
#[derive(Debug)]
pub struct Database {
    name: String,
    url: String,
    administration: String,
}

impl Database {
    /// `postgresql://…`, through a socket.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Gives a test a database of its own, as `prepare` fills one; `None` where PostgreSQL is not installed and the test
/// was noted as skipped (with `GANTRY_REQUIRE_POSTGRES=1` that is a failure).
///
/// `prepare` gets the URL of an empty database and runs once per build of the test program, whatever the number of
/// tests and processes: the others get clones of its work. It must leave nothing running on it.
pub async fn database(prepare: impl AsyncFnOnce(String)) -> Option<Database> {
    let shared = SHARED.get_or_init(join).await.as_ref()?;
    let client = shared.administer().await;
    let template = template(shared, &client, prepare).await;
    let name = format!("test_{:016x}", rand::random::<u64>());
    run(&client, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    Some(Database { url: shared.url(&name), administration: shared.url("postgres"), name })
}

async fn join() -> Option<Shared> {
    let installation = server::installed()?;
    Some(Shared::join(&installation).await.unwrap_or_else(|error| panic!("no PostgreSQL server for tests: {error}")))
}

/// The name of the template, which is there when this returns.
async fn template<P: AsyncFnOnce(String)>(shared: &Shared, client: &Client, prepare: P) -> String {
    let key = fingerprint::<P>();
    let name = format!("gantry_template_{key:016x}");
    // Whoever comes first fills it, the others wait; the lock goes with the connection.
    run(client, &format!("SELECT pg_advisory_lock({})", key.cast_signed())).await;
    let there = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await;
    if there.expect("pg_database can be read").is_none() {
        fill(shared, client, &name, prepare).await;
    }
    run(client, &format!("SELECT pg_advisory_unlock({})", key.cast_signed())).await;
    name
}

/// Fills a database under another name, so that a template is always whole.
async fn fill(shared: &Shared, client: &Client, name: &str, prepare: impl AsyncFnOnce(String)) {
    let filling = format!("{name}_filling");
    run(client, &format!("DROP DATABASE IF EXISTS {filling} WITH (FORCE)")).await;
    run(client, &format!("CREATE DATABASE {filling} TEMPLATE template0")).await;
    prepare(shared.url(&filling)).await;
    run(client, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{filling}'")).await;
    run(client, &format!("ALTER DATABASE {filling} RENAME TO {name}")).await;
}

async fn run(client: &Client, sql: &str) {
    client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// What tells one template from another: the program that fills it, this very build of it, and the filling function.
fn fingerprint<P>() -> u64 {
    let program = std::env::current_exe().expect("a program knows its file");
    let build = program.metadata().expect("a program's file is there");
    let mut hasher = DefaultHasher::new();
    (program, build.modified().ok(), build.len(), type_name::<P>()).hash(&mut hasher);
    hasher.finish()
}

impl Drop for Database {
    fn drop(&mut self) {
        let (name, administration) = (self.name.clone(), self.administration.clone());
        // A runtime and a thread of its own: the test's runtime may be ending, or be the one that waits here.
        let removal = std::thread::spawn(move || remove(&name, &administration));
        if !matches!(removal.join(), Ok(Ok(()))) {
            eprintln!("could not remove the test's database {}", self.name);
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn remove(name: &str, administration: &str) -> Result<(), tokio_postgres::Error> {
    let client = server::connect(administration).await?;
    client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn prepare(url: String) {
        let client = server::connect(&url).await.expect("the database is there");
        // A connection that stays open is cut by force.
        client.batch_execute("CREATE TABLE word (text text); INSERT INTO word VALUES ('ready')").await.expect("SQL");
    }

    async fn words(database: &Database) -> Vec<String> {
        let client = server::connect(database.url()).await.expect("the database is there");
        let rows = client.query("SELECT text FROM word", &[]).await.expect("SQL");
        rows.iter().map(|row| row.get(0)).collect()
    }

    #[tokio::test]
    async fn is_a_clone_of_its_own() {
        let Some(one) = database(prepare).await else { return };
        let Some(other) = database(prepare).await else { return };
        let client = server::connect(one.url()).await.expect("the database is there");
        client.execute("INSERT INTO word VALUES ('mine')", &[]).await.expect("SQL");
        assert_eq!(words(&one).await, ["ready", "mine"]);
        assert_eq!(words(&other).await, ["ready"]);
    }

    #[tokio::test]
    async fn is_gone_afterwards() {
        let Some(database) = database(prepare).await else { return };
        let url = database.url().to_owned();
        let _still_open = server::connect(&url).await.expect("the database is there");
        drop(database);
        assert!(server::connect(&url).await.is_err());
    }

    #[tokio::test]
    async fn compares_text_bytewise() {
        let Some(database) = database(prepare).await else { return };
        let client = server::connect(database.url()).await.expect("the database is there");
        let row = client.query_one("SELECT 'Z' < 'a' AND 'z' < 'ä', current_setting('server_encoding')", &[]).await;
        let row = row.expect("SQL");
        assert!(row.get::<_, bool>(0));
        assert_eq!(row.get::<_, &str>(1), "UTF8");
    }
}
