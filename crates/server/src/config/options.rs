//! The table of options.

use super::sources::Sources;
use super::value::{ByteSize, DatabaseUrl, LogFilter, LogFormat, MetricsAccess, RootUrl, Secret, Seed, Value};
use super::{Chosen, FixedSettings, documents};
use crate::Problem;
use std::net::IpAddr;
use std::path::PathBuf;

/// One option, as its row in the table says.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Key in the TOML file, `table.key`, and the option's name everywhere.
    pub key: &'static str,
    /// Long flag without its dashes; secrets have none, since other processes can read a command line.
    pub flag: Option<&'static str>,
    /// Environment variables, the first one that is set wins.
    pub env: &'static [&'static str],
    /// Default as text; empty for none.
    pub default: &'static str,
    /// What a value looks like.
    pub kind: &'static str,
    /// Whether the flag alone, without a value, means `true`.
    pub switch: bool,
    /// A sentence or two for the operator, with a blank before it.
    pub about: &'static str,
}

macro_rules! optional {
    () => {
        None
    };
    ($flag:literal) => {
        Some($flag)
    };
}

macro_rules! options {
    ($($(#[doc = $about:literal])+
        $field:ident: $kind:ty, $key:literal, flag($($flag:literal)?), env $env:expr, default $default:literal;)*) => {
        /// The rows, each under the name of its field.
        #[expect(non_upper_case_globals, reason = "a row has the name of the field that it describes")]
        mod row {
            use super::*;

            $(pub(super) const $field: Spec = Spec {
                key: $key,
                flag: optional!($($flag)?),
                env: &$env,
                default: $default,
                kind: <$kind as Value>::KIND,
                switch: <$kind as Value>::SWITCH,
                about: concat!($($about),+),
            };)*
        }

        /// What is in force. See [`crate::config`].
        #[derive(Clone, Debug)]
        pub struct Config {
            $($(#[doc = $about])+ pub $field: Chosen<$kind>,)*
            /// Settings fixed by `OVERWRITE_SETTING_<id>` or the table `[settings]`.
            pub settings: FixedSettings,
        }

        impl Config {
            /// Every option, in the order in which it is documented.
            pub const OPTIONS: &[Spec] = &[$(row::$field),*];

            pub(super) fn merge(sources: &Sources) -> Result<Self, Problem> {
                Ok(Self {
                    $($field: sources.choose(&row::$field)?,)*
                    settings: sources.settings(),
                })
            }

            /// Each option's key, its value as people may see it, and where it came from.
            pub fn report(&self) -> Vec<(String, String, String)> {
                let mut rows =
                    vec![$(($key.to_owned(), self.$field.value.show(), self.$field.origin.to_string())),*];
                rows.extend(documents::fixed_settings(&self.settings));
                rows
            }
        }
    };
}

options! {
    /// Folder of the database, the lock and the control socket. Made when missing, readable by its owner alone.
    data: PathBuf, "data", flag("data"), env ["GANTRY_DATA"], default "./data";

    /// PostgreSQL address, `postgres://user:password@host/database`. Without it an SQLite file in the data folder is used.
    database: Option<DatabaseUrl>, "database", flag("database"), env ["GANTRY_DATABASE", "DATABASE_URL"], default "";

    /// Address to listen on. `::` is every address, IPv6 and IPv4.
    address: IpAddr, "http.address", flag("address"), env ["GANTRY_HTTP_ADDRESS", "BIND_IP"], default "::";

    /// TCP port to listen on; 0 takes a free one.
    port: u16, "http.port", flag("port"), env ["GANTRY_HTTP_PORT", "PORT"], default "3000";

    /// Address under which people reach the server, for links and invitations. Without it `http://localhost:<port>`.
    root_url: Option<RootUrl>, "http.root_url", flag("root-url"), env ["GANTRY_ROOT_URL", "ROOT_URL"], default "";

    /// How many proxies stand in front and may be trusted to append to `X-Forwarded-For`. 0 trusts none.
    forwarded_count: u8, "http.forwarded_count", flag("forwarded-count"),
        env ["GANTRY_FORWARDED_COUNT", "HTTP_FORWARDED_COUNT"], default "0";

    /// Largest request body, uploads apart; from those who are not logged in 64 KiB at most.
    max_body: ByteSize, "http.max_body", flag("max-body"), env ["GANTRY_MAX_BODY"], default "1 MiB";

    /// Largest number of open connections; further ones are answered 503 and closed.
    max_connections: u32, "http.max_connections", flag("max-connections"), env ["GANTRY_MAX_CONNECTIONS"],
        default "50000";

    /// Who may read `/metrics`: `local` is loopback and private addresses that come without a proxy.
    metrics: MetricsAccess, "http.metrics", flag("metrics"), env ["GANTRY_METRICS"], default "local";

    /// User name of the administrator made at the first start, `admin` unless given.
    admin_username: Option<String>, "admin.username", flag(), env ["GANTRY_ADMIN_USERNAME", "ADMIN_USERNAME"],
        default "";

    /// Password of that administrator. With it the account is made at the first start, without it a set-up token is printed.
    admin_password: Option<Secret>, "admin.password", flag(), env ["GANTRY_ADMIN_PASSWORD", "ADMIN_PASS"], default "";

    /// Mail address of that administrator.
    admin_email: Option<String>, "admin.email", flag(), env ["GANTRY_ADMIN_EMAIL", "ADMIN_EMAIL"], default "";

    /// Full name of that administrator, `Administrator` unless given.
    admin_name: Option<String>, "admin.name", flag(), env ["GANTRY_ADMIN_NAME", "ADMIN_NAME"], default "";

    /// Secret with which a program may make login tokens of users, by `users.createToken`. Without it nobody can.
    token_secret: Option<Secret>, "token_secret", flag(), env ["GANTRY_TOKEN_SECRET", "CREATE_TOKENS_FOR_USERS_SECRET"],
        default "";

    /// What is logged: `error`, `warn`, `info`, `debug`, `trace`, or per module, `info,gantry_server=debug`.
    log_level: LogFilter, "log.level", flag("log-level"), env ["GANTRY_LOG", "GANTRY_LOG_LEVEL"], default "info";

    /// How it is logged, to standard error.
    log_format: LogFormat, "log.format", flag("log-format"), env ["GANTRY_LOG_FORMAT"], default "text";

    /// Whether calls are limited per user and address. The settings of the rate limiter say how far.
    rate_limiter: bool, "rate_limiter", flag("rate-limiter"), env ["GANTRY_RATE_LIMITER"], default "true";

    /// Whether outgoing requests (previews, webhooks, imports) may reach private, loopback and link-local addresses.
    allow_private_addresses: bool, "outgoing.allow_private_addresses", flag("allow-private-addresses"),
        env ["GANTRY_ALLOW_PRIVATE_ADDRESSES"], default "false";

    /// For automatic tests of clients: no rate limits, no second factor for calls, and errors carry more detail.
    test_mode: bool, "test_mode", flag("test-mode"), env ["GANTRY_TEST_MODE", "TEST_MODE"], default "false";

    /// Keep everything in a temporary folder that is removed at exit; `data` and `database` are not used.
    ephemeral: bool, "ephemeral", flag("ephemeral"), env ["GANTRY_EPHEMERAL"], default "false";

    /// Fill an ephemeral server: `demo` makes a fixed administrator, some users and rooms.
    seed: Option<Seed>, "seed", flag("seed"), env ["GANTRY_SEED"], default "";
}
