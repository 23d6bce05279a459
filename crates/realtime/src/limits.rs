//! How often clients may call: fixed windows by address, user and connection, for everything and for each name.
//!
//! Subscriptions count like methods. What counts stands in the settings `DDP_Rate_Limit_*`, and for a few methods here.

use gantry_model::{Error, Millis, Settings, UserId};
use serde_json::json;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// So many calls in so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rule {
    calls: u32,
    window: i64,
}

/// The rules in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rules {
    by_address: Option<Rule>,
    by_user: Option<Rule>,
    by_connection: Option<Rule>,
    by_user_and_name: Option<Rule>,
    by_connection_and_name: Option<Rule>,
    registration: Option<Rule>,
}

impl Rules {
    fn of(settings: &Settings) -> Self {
        let api = &settings.hot().api;
        let rule = |name: &str| {
            let key = |part: &str| format!("DDP_Rate_Limit_{name}_{part}");
            let calls = u32::try_from(settings.int(&key("Requests_Allowed"))).unwrap_or(u32::MAX);
            let window = settings.int(&key("Interval_Time")).max(1);
            settings.bool(&key("Enabled")).then_some(Rule { calls, window })
        };
        Self {
            by_address: rule("IP"),
            by_user: rule("User"),
            by_connection: rule("Connection"),
            by_user_and_name: rule("User_By_Method"),
            by_connection_and_name: rule("Connection_By_Method"),
            registration: Some(Rule { calls: api.register_calls, window: api.rate_window }),
        }
    }

    /// The rule of a name that has one of its own; it counts by user, else by address: a connection is soon renewed.
    fn own(&self, name: &str) -> Option<Rule> {
        let once = Some(Rule { calls: 1, window: 1_000 });
        match name {
            "sendMessage" => Some(Rule { calls: 5, window: 1_000 }),
            "setUserStatus"
            | "setUsername"
            | "setRealName"
            | "setEmail"
            | "saveCustomFields"
            | "checkUsernameAvailability" => once,
            "registerUser" => self.registration,
            _ => None,
        }
    }
}

/// A stream's events are many, and written often: four times as much in four times the time.
fn widened(rule: Rule, name: &str) -> Rule {
    let times = if name.starts_with("stream-") { 4 } else { 1 };
    Rule { calls: rule.calls.saturating_mul(times), window: rule.window.saturating_mul(times.into()) }
}

/// Who calls what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    /// The method or publication.
    pub(crate) name: &'a str,
    /// From where.
    pub(crate) address: IpAddr,
    /// By whom.
    pub(crate) user: Option<&'a UserId>,
    /// Over which connection; there is none for calls that come by REST.
    pub(crate) connection: Option<u64>,
    /// The caller may send more than a person can write.
    pub(crate) may_flood: bool,
}

#[derive(Hash)]
enum Counted<'a> {
    Address(IpAddr),
    User(&'a UserId),
    Connection(u64),
    UserAndName(&'a UserId, &'a str),
    ConnectionAndName(u64, &'a str),
    AddressAndName(IpAddr, &'a str),
}

#[derive(Clone, Copy)]
struct Window {
    ends: i64,
    calls: u32,
}

/// Windows of one shard, at most: beyond it those that are over go, then all.
const SHARD: usize = 16_384;
const SHARDS: usize = 16;
/// How often windows that are over are dropped.
const SWEEP: i64 = 10_000;

#[derive(Default)]
struct Shard {
    windows: HashMap<u64, Window>,
    swept: i64,
}

/// See the head of this file.
pub(crate) struct Limiter {
    shards: Vec<Mutex<Shard>>,
    hasher: RandomState,
    /// The settings they were read from, and the rules.
    rules: RwLock<Option<(Arc<Settings>, Rules)>>,
}

impl Default for Limiter {
    fn default() -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { shards, hasher: RandomState::new(), rules: RwLock::default() }
    }
}

impl Limiter {
    /// Counts a call, by every rule that concerns it.
    ///
    /// # Errors
    /// `too-many-requests`, with `details.timeToReset` in milliseconds.
    pub(crate) fn count(&self, settings: &Arc<Settings>, call: Call<'_>, now: Millis) -> Result<(), Error> {
        let rules = self.rules(settings);
        let Call { name, address, user, connection, .. } = call;
        let general = [
            rules.by_address.filter(|_| !address.is_loopback()).map(|rule| (Counted::Address(address), rule)),
            rules.by_user.zip(user).map(|(rule, user)| (Counted::User(user), rule)),
            rules.by_connection.zip(connection).map(|(rule, connection)| (Counted::Connection(connection), rule)),
        ];
        let of_name = self.rules_of_name(&rules, call);
        let of_name = of_name.into_iter().flatten().map(|(counted, rule)| (counted, widened(rule, name)));
        let waits =
            general.into_iter().flatten().chain(of_name).filter_map(|(counted, rule)| self.add(&counted, rule, now));
        match waits.max() {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }

    fn rules_of_name<'a>(&self, rules: &Rules, call: Call<'a>) -> [Option<(Counted<'a>, Rule)>; 2] {
        let Call { name, address, user, connection, may_flood } = call;
        let by_user = |rule: Rule| user.map(|user| (Counted::UserAndName(user, name), rule));
        let by_connection =
            |rule: Rule| connection.map(|connection| (Counted::ConnectionAndName(connection, name), rule));
        match rules.own(name) {
            Some(_) if may_flood && name == "sendMessage" => [None, None],
            Some(own) => [by_user(own).or(Some((Counted::AddressAndName(address, name), own))), None],
            None => [rules.by_user_and_name.and_then(by_user), rules.by_connection_and_name.and_then(by_connection)],
        }
    }

    fn rules(&self, settings: &Arc<Settings>) -> Rules {
        if let Some((of, rules)) = &*self.rules.read().unwrap_or_else(PoisonError::into_inner)
            && Arc::ptr_eq(of, settings)
        {
            return *rules;
        }
        let rules = Rules::of(settings);
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Some((settings.clone(), rules));
        rules
    }

    /// Counts one call; how long its caller must wait if it was one too many.
    fn add(&self, counted: &Counted<'_>, rule: Rule, now: Millis) -> Option<i64> {
        let key = self.hasher.hash_one(counted);
        let shard = self.shards.get(key as usize % SHARDS)?;
        shard.lock().unwrap_or_else(PoisonError::into_inner).add(key, rule, now.0)
    }
}

impl Shard {
    fn add(&mut self, key: u64, rule: Rule, now: i64) -> Option<i64> {
        self.sweep(now);
        let fresh = Window { ends: now.saturating_add(rule.window), calls: 0 };
        let window = self.windows.entry(key).or_insert(fresh);
        // It is over; or the clock was set back, which must not shut anybody out for longer than a window.
        if window.ends <= now || window.ends > fresh.ends {
            *window = fresh;
        }
        window.calls = window.calls.saturating_add(1);
        (window.calls > rule.calls).then(|| window.ends - now)
    }

    fn sweep(&mut self, now: i64) {
        let full = self.windows.len() >= SHARD;
        if !full && now.abs_diff(self.swept) < SWEEP.unsigned_abs() {
            return;
        }
        self.swept = now;
        self.windows.retain(|_, window| window.ends > now);
        if self.windows.len() >= SHARD {
            self.windows.clear();
        }
        self.windows.shrink_to(self.windows.len() * 2);
    }
}

fn too_many(wait: i64) -> Error {
    let seconds = wait.max(0).div_euclid(1_000) + i64::from(wait % 1_000 != 0);
    let text =
        format!("Error, too many requests. Please slow down. You must wait {seconds} seconds before trying again.");
    Error::new("too-many-requests", text).with_details(json!({ "timeToReset": wait }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{SettingBase, SettingChange};

    fn settings(changes: &[(&str, serde_json::Value)]) -> Arc<Settings> {
        let change =
            |value: &serde_json::Value| SettingChange { value: value.clone(), editor: None, updated_at: Millis(2) };
        let stored = changes.iter().map(|(id, value)| ((*id).into(), change(value)));
        Arc::new(Settings::new(SettingBase::new(Millis(1)), stored))
    }

    /// How many of a hundred calls are let through.
    fn passed(limiter: &Limiter, settings: &Arc<Settings>, call: Call<'_>, now: i64) -> usize {
        (0..100).filter(|_| limiter.count(settings, call, Millis(now)).is_ok()).count()
    }

    fn call<'a>(name: &'a str, user: &'a UserId) -> Call<'a> {
        let address = IpAddr::from([10, 0, 0, 1]);
        Call { name, address, user: Some(user), connection: Some(1), may_flood: false }
    }

    #[test]
    fn the_published_numbers() {
        let (limiter, settings, ann) = (Limiter::default(), settings(&[]), UserId::new("ann"));
        assert_eq!(passed(&limiter, &settings, call("loadHistory", &ann), 0), 10);
        assert_eq!(passed(&limiter, &settings, call("getRoomById", &ann), 0), 10);
        assert_eq!(passed(&limiter, &settings, Call { connection: Some(2), ..call("loadHistory", &ann) }, 0), 0);
        assert_eq!(passed(&limiter, &settings, call("loadHistory", &ann), 10_000), 10);
        assert_eq!(passed(&limiter, &settings, call("stream-notify-room", &ann), 0), 40);
        assert_eq!(passed(&limiter, &settings, call("sendMessage", &ann), 0), 5);
        assert_eq!(passed(&limiter, &settings, Call { may_flood: true, ..call("sendMessage", &ann) }, 0), 100);
        assert_eq!(passed(&limiter, &settings, Call { connection: Some(3), ..call("setUserStatus", &ann) }, 0), 1);
    }

    #[test]
    fn the_words() {
        let (limiter, settings, ann) = (Limiter::default(), settings(&[]), UserId::new("ann"));
        let refused = (0..11).find_map(|_| limiter.count(&settings, call("x", &ann), Millis(500)).err()).unwrap();
        let text = "Error, too many requests. Please slow down. You must wait 10 seconds before trying again.";
        assert_eq!((refused.reason(), refused.is("too-many-requests")), (text, true));
        assert_eq!(refused.details(), Some(&json!({"timeToReset": 10_000})));
    }

    #[test]
    fn settings_switch_it_off() {
        let off: Vec<_> = ["IP", "User", "Connection", "User_By_Method", "Connection_By_Method"]
            .map(|name| format!("DDP_Rate_Limit_{name}_Enabled"))
            .to_vec();
        let changes: Vec<_> = off.iter().map(|id| (id.as_str(), json!(false))).collect();
        let (limiter, ann) = (Limiter::default(), UserId::new("ann"));
        assert_eq!(passed(&limiter, &settings(&[]), call("x", &ann), 0), 10);
        assert_eq!(passed(&limiter, &settings(&changes), call("x", &ann), 0), 100);
    }

    #[test]
    fn strangers_count_by_address_and_connection() {
        let few = settings(&[("DDP_Rate_Limit_IP_Requests_Allowed", json!(3))]);
        let limiter = Limiter::default();
        let ann = UserId::new("ann");
        let stranger = Call { user: None, ..call("x", &ann) };
        assert_eq!(passed(&limiter, &few, stranger, 0), 3);
        let local = Call { address: IpAddr::from([127, 0, 0, 1]), connection: Some(7), ..stranger };
        assert_eq!(passed(&limiter, &few, local, 0), 10);
    }

    #[test]
    fn new_connections_give_strangers_no_more_accounts() {
        let (limiter, settings, ann) = (Limiter::default(), settings(&[]), UserId::new("ann"));
        let stranger = Call { user: None, ..call("registerUser", &ann) };
        assert_eq!(passed(&limiter, &settings, stranger, 0), 1);
        for connection in [Some(2), None] {
            assert_eq!(passed(&limiter, &settings, Call { connection, ..stranger }, 0), 0);
        }
        let elsewhere = Call { address: IpAddr::from([10, 0, 0, 2]), ..stranger };
        assert_eq!(passed(&limiter, &settings, elsewhere, 0), 1);
    }

    #[test]
    fn a_clock_set_back_shuts_nobody_out() {
        let (limiter, settings, ann) = (Limiter::default(), settings(&[]), UserId::new("ann"));
        assert_eq!(passed(&limiter, &settings, call("x", &ann), 1_000_000), 10);
        assert_eq!(passed(&limiter, &settings, call("x", &ann), 0), 10);
    }

    #[test]
    fn memory_is_bounded_and_given_back() {
        let (limiter, settings, ann) = (Limiter::default(), settings(&[]), UserId::new("ann"));
        for n in 0..300_000 {
            let _ = limiter.count(&settings, Call { connection: Some(n), ..call("x", &ann) }, Millis(0));
        }
        let kept =
            |limiter: &Limiter| limiter.shards.iter().map(|one| one.lock().unwrap().windows.len()).sum::<usize>();
        assert!(kept(&limiter) <= SHARD * SHARDS);
        for n in 0..1_000 {
            let _ = limiter.count(&settings, Call { connection: Some(n), ..call("x", &ann) }, Millis(1_000_000));
        }
        assert!(kept(&limiter) <= 2_100, "{}", kept(&limiter));
    }
}
