//! Wrong passwords, counted in memory by account and by address: after so many, logins stop for a while.
//!
//! An attempt counts before its password is checked and is taken back when it was right: many at the same time get no
//! further than many in a row. Names count as they were given, whether or not somebody has them, so that being stopped
//! tells nothing. A count ends when its window does; a right password clears the account's, of the address's only itself.

use gantry_model::setting::LoginBlocking;
use gantry_model::{Error, Millis, Result, Settings};
use serde_json::json;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Accounts and addresses that are watched, at most.
const WATCHED: usize = 10_000;
/// Names count by their beginning: nobody's is longer.
const LONGEST_NAME: usize = 256;

/// See the head of this file.
#[derive(Default)]
pub(crate) struct Throttle {
    accounts: Mutex<Counts<String>>,
    addresses: Mutex<Counts<IpAddr>>,
}

/// An attempt that was let through: who, from where.
pub(super) struct Attempt {
    account: String,
    address: IpAddr,
}

impl Throttle {
    /// Counts an attempt to log in as `account` from `address`.
    ///
    /// # Errors
    /// `error-login-blocked-for-ip`, `error-login-blocked-for-user`.
    pub(super) fn attempt(&self, settings: &Settings, account: &str, address: IpAddr, now: Millis) -> Result<Attempt> {
        let rules = &settings.hot().accounts;
        let address = network(address);
        let spared = rules.never_blocked.iter().any(|spared| spared.parse().map(network) == Ok(address));
        if let Some(rule) = rules.block_address.filter(|_| !spared)
            && !lock(&self.addresses).count(address, rule, now)
        {
            return Err(blocked("error-login-blocked-for-ip", "Login has been temporarily blocked For IP"));
        }
        let account = account.chars().take(LONGEST_NAME).collect::<String>().to_lowercase();
        if let Some(rule) = rules.block_user
            && !lock(&self.accounts).count(account.clone(), rule, now)
        {
            return Err(blocked("error-login-blocked-for-user", "Login has been temporarily blocked For User"));
        }
        Ok(Attempt { account, address })
    }

    /// The attempt had the right password.
    pub(super) fn succeeded(&self, attempt: &Attempt) {
        lock(&self.accounts).windows.remove(&attempt.account);
        lock(&self.addresses).take_back(&attempt.address);
    }
}

fn lock<K>(counts: &Mutex<Counts<K>>) -> std::sync::MutexGuard<'_, Counts<K>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

fn blocked(id: &'static str, text: &'static str) -> Error {
    Error::new(id, text).with_details(json!({ "function": "Accounts.validateLoginAttempt" }))
}

/// What an address counts as: an IPv6 network of 64 bits belongs to one customer.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(long) => IpAddr::V6((long.to_bits() & !u128::from(u64::MAX)).into()),
        short => short,
    }
}

struct Counts<K> {
    windows: HashMap<K, Window>,
}

#[derive(Clone, Copy)]
struct Window {
    attempts: u32,
    until: Millis,
}

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self { windows: HashMap::new() }
    }
}

impl<K: Hash + Eq + Clone> Counts<K> {
    /// Counts one attempt; false when there were too many already.
    fn count(&mut self, key: K, rule: LoginBlocking, now: Millis) -> bool {
        self.make_room(&key, now);
        let until = Millis(now.0.saturating_add(rule.block_for));
        let window = self.windows.entry(key).or_insert(Window { attempts: 0, until });
        // Also a window that ends later than a new one would: the clock was set back.
        if window.until <= now || window.until > until {
            *window = Window { attempts: 0, until };
        }
        if window.attempts >= rule.attempts {
            return false;
        }
        window.attempts += 1;
        if window.attempts == rule.attempts {
            window.until = until;
        }
        true
    }

    fn take_back(&mut self, key: &K) {
        if let Some(window) = self.windows.get_mut(key) {
            window.attempts = window.attempts.saturating_sub(1);
        }
    }

    /// Forgets what has ended, then who would end first, until one more fits.
    fn make_room(&mut self, key: &K, now: Millis) {
        if self.windows.len() < WATCHED || self.windows.contains_key(key) {
            return;
        }
        self.windows.retain(|_, window| window.until > now);
        if self.windows.len() >= WATCHED {
            let mut ends: Vec<Millis> = self.windows.values().map(|window| window.until).collect();
            let (_, median, _) = ends.select_nth_unstable(WATCHED / 2);
            let median = *median;
            self.windows.retain(|_, window| window.until > median);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: LoginBlocking = LoginBlocking { attempts: 3, block_for: 1_000 };

    #[test]
    fn stops_after_so_many_and_lets_in_again() {
        let mut counts = Counts::default();
        assert!((0..3).all(|at| counts.count("ann", RULE, Millis(at))));
        assert!(!counts.count("ann", RULE, Millis(3)));
        assert!(counts.count("bob", RULE, Millis(3)));
        assert!(!counts.count("ann", RULE, Millis(1_001)), "the last wrong one was at 2");
        assert!(counts.count("ann", RULE, Millis(1_002)));
    }

    #[test]
    fn a_window_ends() {
        let mut counts = Counts::default();
        assert!(counts.count("ann", RULE, Millis(0)) && counts.count("ann", RULE, Millis(1)));
        assert!((0..3).all(|at| counts.count("ann", RULE, Millis(1_000 + at))));
        assert!(!counts.count("ann", RULE, Millis(1_003)));
    }

    #[test]
    fn a_right_one_is_taken_back() {
        let throttle = Throttle::default();
        let settings = Settings::new(gantry_model::SettingBase::new(Millis(0)), []);
        let address = IpAddr::from([10, 0, 0, 1]);
        for _ in 0..200 {
            let attempt = throttle.attempt(&settings, "Ann", address, Millis(5)).unwrap();
            throttle.succeeded(&attempt);
        }
        for _ in 0..10 {
            assert!(throttle.attempt(&settings, "ann", address, Millis(6)).is_ok());
        }
        let error = throttle.attempt(&settings, "ANN", address, Millis(7)).err().unwrap();
        assert_eq!(error.to_string(), "Login has been temporarily blocked For User [error-login-blocked-for-user]");
        for at in 0..39 {
            assert!(throttle.attempt(&settings, &format!("u{at}"), address, Millis(8)).is_ok(), "{at}");
        }
        let error = throttle.attempt(&settings, "zoe", address, Millis(9)).err().unwrap();
        assert!(error.is("error-login-blocked-for-ip"));
    }

    #[test]
    fn a_customer_is_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
        assert_ne!(of("10.0.0.2"), of("10.0.0.1"));
    }

    #[test]
    fn memory_is_bounded() {
        let mut counts = Counts::default();
        for at in 0..25_000 {
            counts.count(at, RULE, Millis(at));
            assert!(counts.windows.len() <= WATCHED);
        }
    }

    #[test]
    fn a_clock_set_back_blocks_nobody_for_long() {
        let mut counts = Counts::default();
        assert!((0..3).all(|_| counts.count("ann", RULE, Millis(1_000_000))));
        assert!(counts.count("ann", RULE, Millis(0)));
    }
}
