//! Durations, and their quantiles.

use std::sync::Mutex;
use std::time::Duration;

#[derive(Default)]
pub struct Times(Mutex<Vec<Duration>>);

impl Times {
    pub fn note(&self, time: Duration) {
        self.all().push(time);
    }

    pub fn clear(&self) {
        self.all().clear();
    }

    pub fn count(&self) -> usize {
        self.all().len()
    }

    /// In ms; 0.5 is the median.
    pub fn quantile(&self, part: f64) -> f64 {
        let mut all = self.all().clone();
        all.sort_unstable();
        let at = (all.len() as f64 * part) as usize;
        all.get(at.min(all.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Duration>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
