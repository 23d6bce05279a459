//! Where values come from, which of them wins, and what is said about those that cannot be used.

use gantry_server::config::{
    Config, ConfigFile, Environment, Flags, LogFormat, MetricsAccess, Origin, Sources, Value, documents,
};
use std::path::{Path, PathBuf};

fn environment(pairs: &[(&str, &str)]) -> Environment {
    Environment::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn file(text: &str) -> Option<ConfigFile> {
    Some(ConfigFile::parse(Path::new("gantry.toml"), text).unwrap())
}

fn flags(pairs: &[(&'static str, &str)]) -> Flags {
    Flags { file: None, values: pairs.iter().map(|(key, text)| (*key, (*text).to_owned())).collect() }
}

fn load(sources: &Sources) -> Config {
    Config::load(sources).unwrap()
}

fn from_environment(pairs: &[(&str, &str)]) -> Result<Config, String> {
    let sources = Sources { environment: environment(pairs), ..Sources::default() };
    Config::load(&sources).map_err(|problem| problem.to_string())
}

fn from_file(text: &str) -> Result<Config, String> {
    let file = ConfigFile::parse(Path::new("gantry.toml"), text).map_err(|problem| problem.to_string())?;
    Config::load(&Sources { file: Some(file), ..Sources::default() }).map_err(|problem| problem.to_string())
}

#[test]
fn the_defaults_are_what_the_manual_says() {
    let config = load(&Sources::default());
    assert_eq!((*config.port, config.port.origin.clone()), (3000, Origin::Default));
    assert_eq!(*config.data, PathBuf::from("./data"));
    assert_eq!(config.database.value, None);
    assert!(config.address.is_unspecified() && *config.rate_limiter && !*config.test_mode);
    assert_eq!(config.public_url(), "http://localhost:3000");
    assert!(config.admin().is_none());
}

#[test]
fn the_first_source_that_has_a_value_wins() {
    let mut sources = Sources {
        flags: flags(&[("http.port", "1")]),
        environment: environment(&[("GANTRY_HTTP_PORT", "2"), ("PORT", "3")]),
        file: file("[http]\nport = 4"),
    };
    let port = |sources: &Sources| {
        let port = load(sources).port;
        (port.value, port.origin.to_string())
    };
    assert_eq!(port(&sources), (1, "flag --port".into()));
    sources.flags = Flags::default();
    assert_eq!(port(&sources), (2, "environment GANTRY_HTTP_PORT".into()));
    sources.environment = environment(&[("GANTRY_HTTP_PORT", ""), ("PORT", "3")]);
    assert_eq!(port(&sources), (3, "environment PORT".into()), "an empty variable is absent");
    sources.environment = Environment::default();
    assert_eq!(port(&sources), (4, "file gantry.toml".into()));
    sources.file = None;
    assert_eq!(port(&sources), (3000, "default".into()));
}

#[test]
fn rocket_chats_own_names_are_accepted() {
    let config = from_environment(&[
        ("PORT", "8080"),
        ("ROOT_URL", "https://chat.example.org/"),
        ("BIND_IP", "127.0.0.1"),
        ("HTTP_FORWARDED_COUNT", "2"),
        ("TEST_MODE", "true"),
        ("ADMIN_USERNAME", "ann"),
        ("ADMIN_PASS", "hush"),
        ("ADMIN_EMAIL", "ann@example.org"),
        ("ADMIN_NAME", "Ann"),
        ("DATABASE_URL", "postgres://gantry:hush@db/gantry"),
        ("OVERWRITE_SETTING_Site_Name", "Ours"),
    ])
    .unwrap();
    assert_eq!((*config.port, *config.forwarded_count, *config.test_mode), (8080, 2, true));
    assert_eq!(config.public_url(), "https://chat.example.org");
    assert!(config.address.is_loopback());
    let admin = config.admin().unwrap();
    assert_eq!((admin.username.as_str(), admin.password.reveal(), admin.name.as_str()), ("ann", "hush", "Ann"));
    assert_eq!(admin.email.as_deref(), Some("ann@example.org"));
    assert_eq!(config.settings["Site_Name"].reveal(), "Ours");
}

#[test]
fn every_option_can_be_set_by_the_file() {
    let config = from_file(
        "data = \"/srv\"\ntest_mode = true\n[http]\nmetrics = \"off\"\nmax_body = \"2 MiB\"\n\
         [log]\nformat = \"json\"\n[admin]\npassword = \"hush\"\n[settings]\nSite_Name = \"Ours\"\nAPI_Limit = 5\n",
    )
    .unwrap();
    assert_eq!(*config.data, PathBuf::from("/srv"));
    assert_eq!((*config.metrics, *config.log_format), (MetricsAccess::Off, LogFormat::Json));
    assert_eq!(config.max_body.bytes(), 2 << 20);
    assert_eq!(config.admin().unwrap().username, "admin");
    assert_eq!(config.settings["API_Limit"].reveal(), "5");
}

#[test]
fn a_setting_fixed_twice_is_the_environments() {
    let sources = Sources {
        environment: environment(&[("OVERWRITE_SETTING_Site_Name", "Theirs")]),
        file: file("[settings]\nSite_Name = \"Ours\""),
        ..Sources::default()
    };
    assert_eq!(load(&sources).settings["Site_Name"].reveal(), "Theirs");
}

#[test]
fn secrets_are_shown_as_stars() {
    let config = from_environment(&[
        ("ADMIN_PASS", "hush"),
        ("DATABASE_URL", "postgres://gantry:h@u/sh@db:5432/gantry?password=hush"),
        ("OVERWRITE_SETTING_SMTP_Password", "hush"),
        ("OVERWRITE_SETTING_Enabled", "true"),
    ])
    .unwrap();
    let told = documents::in_force(&config) + &format!("{config:?}");
    assert!(!told.contains("hush") && !told.contains("u/sh"), "{told}");
    let line = |key: &str| told.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(line("admin.password").contains("***") && line("admin.password").ends_with("# environment ADMIN_PASS"));
    assert!(line("database").contains("postgres://gantry:***@db:5432/gantry?***"));
    assert!(line("settings.SMTP_Password").contains("***"));
    assert!(line("settings.Enabled").contains("true"));
}

#[test]
fn a_value_that_cannot_be_used_is_told_in_one_sentence() {
    let told = |name: &str, value: &str| from_environment(&[(name, value)]).unwrap_err();
    assert_eq!(told("PORT", "abc"), "http.port is \"abc\" (environment PORT): expected a number from 0 to 65535.");
    assert_eq!(told("PORT", "70000"), "http.port is \"70000\" (environment PORT): expected a number from 0 to 65535.");
    assert_eq!(told("TEST_MODE", "maybe"), "test_mode is \"maybe\" (environment TEST_MODE): expected true or false.");
    for (name, value) in [
        ("ROOT_URL", "chat.example.org"),
        ("BIND_IP", "localhost"),
        ("DATABASE_URL", "mongodb://localhost/rocketchat"),
        ("HTTP_FORWARDED_COUNT", "-1"),
        ("GANTRY_LOG", "inof"),
        ("GANTRY_LOG_FORMAT", "xml"),
        ("GANTRY_MAX_BODY", "1 parsec"),
        ("GANTRY_SEED", "everything"),
        ("GANTRY_METRICS", "some"),
    ] {
        let sentence = told(name, value);
        assert!(sentence.contains(&format!("(environment {name})")) && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn a_secret_that_cannot_be_used_is_not_told() {
    let sentence = from_environment(&[("DATABASE_URL", "mysql://gantry:hush@db/gantry")]).unwrap_err();
    assert!(!sentence.contains("hush"), "{sentence}");
}

#[test]
fn a_file_with_a_mistake_is_told_in_one_sentence() {
    let told = |text: &str| from_file(text).unwrap_err();
    assert_eq!(told("[http]\nprot = 1"), "gantry.toml: unknown key http.prot; did you mean http.port?");
    assert_eq!(told("colour = 1"), "gantry.toml: unknown key colour");
    assert_eq!(told("[http]\nport = [1]"), "gantry.toml: http.port is of type array, a single value is expected");
    assert_eq!(
        told("[http]\nport = \"x\""),
        "http.port is \"x\" (file gantry.toml): expected a number from 0 to 65535."
    );
    let broken = told("data = \"/srv\"\nport = = 1\n");
    assert!(broken.starts_with("gantry.toml line 2: ") && !broken.contains('\n'), "{broken}");
}

#[test]
fn a_named_file_must_be_there() {
    let flags = Flags { file: Some("/nowhere/gantry.toml".into()), ..Flags::default() };
    let problem = Sources::gather(flags, Environment::default()).unwrap_err();
    assert!(problem.to_string().starts_with("cannot read the configuration file /nowhere/gantry.toml: "));
    assert_eq!(problem.code(), 2);
}

#[test]
fn half_an_administrator_is_refused() {
    let sentence = from_environment(&[("ADMIN_USERNAME", "ann")]).unwrap_err();
    assert_eq!(
        sentence,
        "admin.username is set (environment ADMIN_USERNAME) but admin.password is not: set ADMIN_PASS too, or neither."
    );
}

#[test]
fn an_ephemeral_server_touches_no_data_that_stays() {
    let sources = |values: &[(&'static str, &str)]| Sources {
        flags: flags(values),
        environment: environment(&[("DATABASE_URL", "postgres://db/gantry")]),
        file: None,
    };
    assert_eq!(load(&sources(&[("ephemeral", "true"), ("seed", "demo")])).database.value, None);
    assert!(Config::load(&sources(&[("ephemeral", "true"), ("data", "/srv")])).is_err());
    assert!(Config::load(&sources(&[("ephemeral", "true"), ("database", "postgres://db/x")])).is_err());
    assert!(Config::load(&sources(&[("seed", "demo")])).is_err(), "demo data never goes to data that stays");
}

#[test]
fn misspelt_variables_are_noticed_and_kubernetes_ones_are_not() {
    let variables =
        [("GANTRY_DTA", "/srv"), ("GANTRY_PORT", "tcp://10.0.0.1:3000"), ("GANTRY_SERVICE_HOST", "10.0.0.1")];
    let sources = Sources { environment: environment(&variables), ..Sources::default() };
    assert_eq!(sources.suspicious(), ["environment GANTRY_DTA is not known and not used; did you mean GANTRY_DATA?"]);
    assert_eq!(*load(&sources).port, 3000);
}

#[test]
fn every_default_can_be_read_and_shown_again() {
    let config = load(&Sources::default());
    for (spec, (key, shown, origin)) in Config::OPTIONS.iter().zip(config.report()) {
        assert_eq!((spec.key, "default"), (key.as_str(), origin.as_str()));
        let expected = if spec.default.is_empty() { "(none)" } else { spec.default };
        assert_eq!(shown, expected, "{key}");
    }
}

#[test]
fn names_are_used_once() {
    let names = |name: fn(&gantry_server::config::Spec) -> Vec<&'static str>| {
        let mut all: Vec<_> = Config::OPTIONS.iter().flat_map(name).collect();
        all.sort_unstable();
        all
    };
    for all in
        [names(|spec| vec![spec.key]), names(|spec| spec.flag.into_iter().collect()), names(|spec| spec.env.to_vec())]
    {
        let mut once = all.clone();
        once.dedup();
        assert_eq!(once, all);
    }
}

#[test]
fn sizes_are_read_in_their_units() {
    use gantry_server::config::ByteSize;
    let read = |text| ByteSize::read(text).map(ByteSize::bytes);
    assert_eq!(read("1048576"), Some(1 << 20));
    assert_eq!((read("512 KiB"), read("3MiB"), read("1 gib")), (Some(512 << 10), Some(3 << 20), Some(1 << 30)));
    assert_eq!((read(""), read("MiB"), read("-1"), read("99999999999 GiB")), (None, None, None, None));
    assert_eq!(ByteSize::read("1536 KiB").unwrap().show(), "1536 KiB");
}

/// Documents that are written from code. `GANTRY_TEST_UPDATE=1` writes them anew.
mod documents_in_step {
    use super::*;
    use std::fs;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn in_step(path: &str, expected: impl FnOnce(&str) -> String) {
        let path = root().join(path);
        let now = fs::read_to_string(&path).unwrap_or_default();
        let expected = expected(&now);
        if std::env::var_os("GANTRY_TEST_UPDATE").is_some() {
            fs::write(&path, expected).unwrap();
        } else {
            assert_eq!(now, expected, "{}: run this test with GANTRY_TEST_UPDATE=1", path.display());
        }
    }

    #[test]
    fn the_sample_file() {
        in_step("gantry.toml", |_| documents::sample());
    }

    #[test]
    fn the_calls_that_the_web_client_knows() {
        in_step("web/openapi.json", |_| gantry_rest::openapi::printed());
    }

    #[test]
    fn the_streams_that_the_web_client_knows() {
        in_step("web/src/lib/protocol/events.gen.ts", |_| {
            let mut text = String::from(
                "// Written from the server's own list of streams (CONTRIBUTING.md says how): what it sends, as the names of events are\n\
                 // formed. An event or a stream that goes away there breaks the build here.\nexport const streams = {\n",
            );
            for (stream, events) in gantry_realtime::streams() {
                let events: Vec<_> = events.iter().map(|event| format!("    {event:?},\n")).collect();
                text += &format!("  {stream:?}: [\n{}  ],\n", events.concat());
            }
            text + "} as const;\n\nexport type Stream = keyof typeof streams;\nexport type EventOf<S extends Stream> = (typeof streams)[S][number];\n"
        });
    }

    #[test]
    fn the_table_of_the_manual() {
        in_step("docs/configuration.md", |now| {
            let (before, rest) = now.split_once("<!-- options -->\n").unwrap();
            let (_, after) = rest.split_once("<!-- end of options -->").unwrap();
            format!("{before}<!-- options -->\n{}<!-- end of options -->{after}", documents::markdown())
        });
    }

    #[test]
    fn the_sample_with_its_comments_removed_is_the_default() {
        let uncommented: Vec<_> = documents::sample()
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.contains(" = ") && !rest.contains("Site_Name") => rest.to_owned(),
                _ => line.to_owned(),
            })
            .filter(|line| !line.ends_with("= \"\""))
            .collect();
        let config = from_file(&uncommented.join("\n")).unwrap();
        let defaults = load(&Sources::default()).report();
        let values =
            |rows: Vec<(String, String, String)>| rows.into_iter().map(|row| (row.0, row.1)).collect::<Vec<_>>();
        assert_eq!(values(config.report()), values(defaults));
    }
}
