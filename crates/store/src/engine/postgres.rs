//! PostgreSQL: a connection that its thread owns and blocks on.

use super::value::{Row, Value};
use super::{Failed, Fault};
use futures_util::{StreamExt, pin_mut};
use std::collections::HashMap;
use std::error::Error as _;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Statement, error::SqlState};

/// One connection, with the small runtime that drives it.
pub(crate) struct Postgres {
    runtime: Runtime,
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Postgres {
    /// Connects; `read_only` connections refuse writes.
    pub(crate) fn open(url: &str, read_only: bool) -> Result<Self, Failed> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failed { fault: Fault::Connection, cause: error.to_string() })?;
        let mut config: Config = url.parse().map_err(failed)?;
        config.application_name("gantry").connect_timeout(std::time::Duration::from_secs(5));
        let client = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await.map_err(failed)?;
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::warn!(%error, "the connection to PostgreSQL ended");
                }
            });
            Ok::<_, Failed>(client)
        })?;
        let mut db = Self { runtime, client, statements: HashMap::new() };
        // A batch is bounded: nothing may hold a key's lock for longer than this.
        db.script(
            "SET statement_timeout = 5000; SET lock_timeout = 5000; SET idle_in_transaction_session_timeout = 5000;
             SET synchronous_commit = on; SET jit = off; SET timezone = 'UTC';",
        )?;
        if read_only {
            db.script("SET default_transaction_read_only = on;")?;
        }
        Ok(db)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, Failed> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(sql)).map_err(failed)?;
        // Texts are constants but for a few filtered lists; the bound keeps those from piling up.
        if self.statements.len() >= 512 {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(crate) fn each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), String>,
    ) -> Result<(), Failed> {
        let statement = self.prepared(sql)?;
        self.runtime.block_on(async {
            let rows = self.client.query_raw(&statement, values).await.map_err(failed)?;
            pin_mut!(rows);
            while let Some(row) = rows.next().await {
                let row = row.map_err(failed)?;
                take(&Row::Postgres(&row)).map_err(|cause| Failed { fault: Fault::Statement, cause })?;
            }
            Ok(())
        })
    }

    pub(crate) fn run(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, Failed> {
        let statement = self.prepared(sql)?;
        self.runtime.block_on(self.client.execute_raw(&statement, values)).map_err(failed)
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<(), Failed> {
        self.runtime.block_on(self.client.batch_execute(sql)).map_err(failed)
    }

    /// Takes the transaction's locks on `keys` (sorted, so that no two batches wait for each other) and reads the
    /// database's clock, in one round trip.
    pub(crate) fn lock_keys(&mut self, keys: &[i64]) -> Result<i64, Failed> {
        let list = keys.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let statement = self.prepared(
            "SELECT count(pg_advisory_xact_lock(k::bigint)) * 0
                    + floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
             FROM unnest(string_to_array($1, ',')) AS k",
        )?;
        let row = self.runtime.block_on(self.client.query_one(&statement, &[&list])).map_err(failed)?;
        row.try_get(0).map_err(failed)
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Text(text) => text.as_ref().to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::UNKNOWN | Type::BPCHAR)
    }

    to_sql_checked!();
}

/// A column as PostgreSQL sends it.
pub(super) enum Cell<'a> {
    Null,
    Int(i64),
    Text(&'a str),
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Int(bool::from_sql(ty, raw)?.into()),
            _ => Self::Text(std::str::from_utf8(raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::BOOL | Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN)
    }
}

fn failed(error: tokio_postgres::Error) -> Failed {
    let fault = match error.code() {
        Some(code) if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED => {
            Fault::Retry
        }
        Some(code)
            if *code == SqlState::DISK_FULL || *code == SqlState::OUT_OF_MEMORY || *code == SqlState::IO_ERROR =>
        {
            Fault::Storage
        }
        Some(code)
            if code.code().starts_with("57") || code.code().starts_with("08") || code.code().starts_with("53") =>
        {
            Fault::Connection
        }
        Some(_) => Fault::Statement,
        None if error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>()) => {
            Fault::Connection
        }
        None => Fault::Statement,
    };
    let cause =
        error.as_db_error().map_or_else(|| error.to_string(), |db| format!("{} ({})", db.message(), db.code().code()));
    Failed { fault, cause }
}
