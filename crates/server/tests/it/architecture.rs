//! The house as it was meant: which crate may see which, what may be depended on, and what stands where.

mod metadata;
mod policy;
mod sources;
mod spdx;

use metadata::{Metadata, metadata};
use policy::{Ban, Policy};
use sources::{Line, lines};
use std::collections::BTreeMap;

/// Which crates each crate may use. Arrows only point down.
const LAYERS: &[(&str, &[&str])] = &[
    ("gantry-macros", &[]),
    ("gantry-model", &["gantry-macros"]),
    ("gantry-markup", &["gantry-macros", "gantry-model"]),
    ("gantry-store", &["gantry-macros", "gantry-model"]),
    ("gantry-bus", &["gantry-macros", "gantry-model"]),
    ("gantry-outside", &["gantry-macros", "gantry-model"]),
    (
        "gantry-chat",
        &["gantry-macros", "gantry-model", "gantry-markup", "gantry-store", "gantry-bus", "gantry-outside"],
    ),
    ("gantry-rest", &["gantry-macros", "gantry-model", "gantry-chat"]),
    ("gantry-realtime", &["gantry-macros", "gantry-model", "gantry-chat"]),
    (
        "gantry",
        &[
            "gantry-macros",
            "gantry-model",
            "gantry-markup",
            "gantry-store",
            "gantry-bus",
            "gantry-outside",
            "gantry-chat",
            "gantry-rest",
            "gantry-realtime",
        ],
    ),
    ("gantry-testkit", &["gantry-macros", "gantry-model"]),
];

#[test]
fn layers_look_downwards_only() {
    let metadata = metadata();
    let members: BTreeMap<_, _> = metadata.members().map(|package| (package.name.as_str(), package)).collect();
    for (name, package) in &members {
        let (_, allowed) = LAYERS.iter().find(|(layer, _)| layer == name).unwrap_or_else(|| {
            panic!("{name} is in no layer: say in LAYERS what it may use");
        });
        for used in package.used().filter(|used| members.contains_key(used)) {
            assert!(allowed.contains(&used), "{name} may not use {used}");
        }
    }
}

#[test]
fn nothing_banned_is_in_the_tree() {
    let Metadata { packages, .. } = metadata();
    let banned = Policy::read().bans.deny;
    assert!(banned.iter().any(|ban| ban.name == "ring"));
    for Ban { name, reason } in banned {
        let there = packages.iter().any(|package| package.name == name);
        assert!(!there, "{name} is banned: {reason}; see `cargo tree -i {name}`");
    }
}

#[test]
fn every_licence_is_allowed() {
    let allowed = Policy::read().licenses.allow;
    for package in metadata().packages {
        let licence = package.license.as_deref().unwrap_or("none stated");
        assert!(spdx::allowed(licence, &allowed), "{} {} is under {licence}", package.name, package.version);
    }
}

/// Finds lines that break a rule, and says which.
fn refuse(rule: &str, wrong: impl Iterator<Item = Line>) {
    let found: Vec<_> = wrong.map(|line| line.to_string()).collect();
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// Statements are recognised by the capital words they begin with, inside a string.
#[test]
fn sql_stands_in_the_store_alone() {
    const STATEMENTS: [&str; 7] =
        ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "DROP TABLE ", "PRAGMA "];
    let sql = |line: &Line| {
        STATEMENTS.iter().any(|statement| line.code.contains(statement))
            || (line.code.contains("UPDATE ") && line.code.contains(" SET "))
    };
    let outside = lines().into_iter().filter(|line| !line.of("store") && !line.of("testkit"));
    refuse("SQL outside crates/store", outside.filter(sql));
}

/// Permissions are asked by methods of the caller. The one place outside chat is REST's dispatch, which enforces what an
/// endpoint's row declares.
#[test]
fn permissions_are_checked_in_chat_alone() {
    const ASKS: [&str; 8] = [
        ".has(Permission::",
        "call.has(",
        "caller.has(",
        "cx.has(",
        ".has_in(",
        ".require(Permission::",
        ".require_in(",
        ".granted(",
    ];
    let asks = |line: &Line| ASKS.iter().any(|ask| line.code.contains(ask)) && !line.in_file("rest/src/dispatch");
    let transports = lines().into_iter().filter(|line| line.of("rest") || line.of("realtime") || line.of("server"));
    refuse("a permission is checked outside crates/chat", transports.filter(asks));
}

/// What somebody may see of a room is a `RoomDoc`, of a message a `MessageView`. Whoever makes one has decided that it may
/// be seen: `access` does, `people` spells out what was decided, and `model` defines the latter.
#[test]
fn content_of_a_room_is_made_by_access_alone() {
    let makes = |line: &Line| {
        let made = |name: &str| line.code.contains(&format!("{name} {{")) && !line.defines();
        (made("RoomDoc") && !line.in_file("chat/src/access"))
            || (made("MessageView")
                && !["chat/src/access", "chat/src/people", "model/src/message"].iter().any(|file| line.in_file(file)))
    };
    refuse("a room's content is made outside chat's access module", lines().into_iter().filter(makes));
}

/// The names that are counted are the ones that the page explains.
#[test]
fn every_metric_that_is_counted_is_described() {
    let unknown = |line: &Line| {
        let counted =
            ["counter!(\"", "gauge!(\"", "histogram!(\""].iter().find_map(|count| line.code.split_once(count));
        let name = counted.and_then(|(_, rest)| rest.split('"').next());
        name.is_some_and(|name| !gantry_server::metrics::METRICS.iter().any(|(own, ..)| *own == name))
    };
    refuse("a metric that METRICS does not describe", lines().into_iter().filter(unknown));
}
