//! The definitions: one line of `data/settings.tsv` each.

use super::{SettingKind, WITHHELD};
use crate::Capability;
use serde_json::{Map, Value};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/settings.tsv");

/// What a setting is, before anybody changes it.
#[derive(Clone, Debug)]
pub struct SettingDef {
    /// Its name.
    pub id: &'static str,
    /// What its value is.
    pub kind: SettingKind,
    /// Told to everybody, logged in or not.
    pub public: bool,
    /// Kept by the server for itself: neither listed nor writable.
    pub hidden: bool,
    /// Readable inside only.
    pub secret: bool,
    /// Shown to administrators, never written by them.
    pub read_only: bool,
    /// Marked as part of a paid plan for clients.
    pub enterprise: bool,
    /// The capability without which it has its off value.
    pub requires: Option<Capability>,
    /// The group it stands under.
    pub group: Option<&'static str>,
    /// Its section within the group.
    pub section: Option<&'static str>,
    /// Its place within the section.
    pub sorter: Option<i32>,
    default: &'static str,
    off: &'static str,
    extra: &'static str,
}

static DEFINITIONS: LazyLock<Box<[SettingDef]>> = LazyLock::new(|| {
    let mut all: Vec<_> = lines().filter_map(SettingDef::parse).collect();
    all.sort_unstable_by_key(|one| one.id);
    all.into_boxed_slice()
});

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

/// All definitions, in the order of their ids.
pub fn definitions() -> &'static [SettingDef] {
    &DEFINITIONS
}

/// The definition of one setting.
pub fn definition(id: &str) -> Option<&'static SettingDef> {
    position(id).map(|at| &definitions()[at])
}

/// Where a setting stands in [`definitions`].
pub(super) fn position(id: &str) -> Option<usize> {
    definitions().binary_search_by_key(&id, |one| one.id).ok()
}

impl SettingDef {
    fn parse(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (id, kind, default) = (cell(), SettingKind::from_name(cell())?, cell());
        let flags = cell();
        let flag = |name| flags.split(' ').any(|one| one == name);
        Some(Self {
            id,
            kind,
            public: flag("public"),
            hidden: flag("hidden"),
            secret: flag("secret"),
            read_only: flag("readonly"),
            enterprise: flag("enterprise"),
            requires: Capability::from_name(cell()),
            default,
            off: cell(),
            group: given(cell()),
            section: given(cell()),
            sorter: cell().parse().ok(),
            extra: cell(),
        })
    }

    /// The value it has until somebody changes it.
    pub fn default(&self) -> Value {
        match self.default {
            "" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "\"\"" => Value::String(String::new()),
            text => serde_json::from_str(text).unwrap_or_default(),
        }
    }

    /// The value it has while its capability is off.
    pub fn off(&self) -> Value {
        match (self.off, self.kind) {
            ("", SettingKind::Boolean) => Value::Bool(false),
            ("", _) => self.default(),
            (text, _) => serde_json::from_str(text).unwrap_or_default(),
        }
    }

    /// The keys of its document that the server itself has no use for: labels, values to choose from, conditions.
    pub fn extra(&self) -> Map<String, Value> {
        if self.extra.is_empty() { Map::new() } else { serde_json::from_str(self.extra).unwrap_or_default() }
    }

    /// The values that may be chosen, for those kinds that offer some.
    pub fn choices(&self) -> Vec<String> {
        let extra = self.extra();
        let values = extra.get("values").and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|one| one.get("key")?.as_str()).map(str::to_owned).collect()
    }

    /// What may be told of a value: the value itself, or [`WITHHELD`] in place of a secret that is set.
    pub fn shown(&self, value: &Value) -> Value {
        match value {
            Value::String(text) if text.is_empty() => value.clone(),
            _ if self.secret => Value::String(WITHHELD.to_owned()),
            _ => value.clone(),
        }
    }
}

fn given(cell: &'static str) -> Option<&'static str> {
    if cell.is_empty() { None } else { Some(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_definition() {
        for line in lines() {
            let cells: Vec<_> = line.split('\t').collect();
            assert!(cells.len() <= 10, "{line}");
            assert!(definition(cells[0]).is_some(), "{line}");
        }
        assert_eq!(definitions().len(), lines().count());
        assert!(definitions().windows(2).all(|pair| pair[0].id < pair[1].id), "an id stands twice");
    }

    #[test]
    fn every_cell_says_something() {
        const FLAGS: [&str; 5] = ["public", "hidden", "secret", "readonly", "enterprise"];
        for line in lines() {
            let cells: Vec<_> = line.split('\t').chain(std::iter::repeat("")).take(10).collect();
            assert!(cells[3].split(' ').all(|flag| flag.is_empty() || FLAGS.contains(&flag)), "{line}");
            assert_eq!(Capability::from_name(cells[4]).is_none(), cells[4].is_empty(), "{line}");
            assert!(cells[5].is_empty() || !cells[4].is_empty(), "an off value without a capability: {line}");
            assert!(cells[8].is_empty() || cells[8].parse::<i32>().is_ok(), "{line}");
            for json in [cells[2], cells[5], cells[9]] {
                assert!(json.is_empty() || serde_json::from_str::<Value>(json).is_ok(), "{line}");
            }
        }
    }

    #[test]
    fn groups_and_sections_exist() {
        for one in definitions() {
            if let Some(group) = one.group {
                assert_eq!(definition(group).map(|it| it.kind), Some(SettingKind::Group), "{}", one.id);
            }
        }
    }

    #[test]
    fn what_is_secret_is_never_public() {
        for one in definitions() {
            assert!(!(one.public && one.secret), "{}", one.id);
            assert!(one.secret || one.kind != SettingKind::Password, "{}", one.id);
            let name = one.id.to_ascii_lowercase();
            let telling = name.ends_with("secret") || name.ends_with("apikey") || name.ends_with("_token");
            let known = one.public || one.default().is_boolean();
            assert!(one.secret || known || !telling, "{} looks like a secret", one.id);
        }
    }

    #[test]
    fn reads_a_definition() {
        let one = definition("Unread_Count").unwrap();
        assert_eq!((one.kind, one.public, one.group), (SettingKind::Select, true, Some("General")));
        assert_eq!(one.default(), "user_and_group_mentions_only");
        assert_eq!(one.choices().len(), 4);
        assert_eq!(definition("Accounts_Password_Policy_MinLength").map(SettingDef::default), Some(14.into()));
        assert!(definition("Nothing_Of_That_Name").is_none());
    }

    #[test]
    fn what_is_tied_is_off_by_a_value_of_its_kind() {
        for one in definitions().iter().filter(|one| one.requires.is_some()) {
            assert!(!one.hidden || one.kind == SettingKind::Boolean, "{}", one.id);
            let (off, default) = (one.off(), one.default());
            assert_eq!(std::mem::discriminant(&off), std::mem::discriminant(&default), "{}", one.id);
            assert!(one.kind != SettingKind::Boolean || off == false, "{} is on while its capability is off", one.id);
        }
    }

    #[test]
    fn nothing_leads_to_a_vendor() {
        for one in definitions() {
            let text = one.default().to_string().to_ascii_lowercase();
            assert!(!text.contains("rocket.chat") && !text.contains("://"), "{}: {text}", one.id);
        }
        assert!(definition("Cloud_Workspace_AirGapped_Restrictions_Remaining_Days").is_none(), "0 locks every room");
    }
}
