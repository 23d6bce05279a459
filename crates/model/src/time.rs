//! Instants, in the two spellings of the protocol, and distances from UTC.

use crate::wire::{self, Wire};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// Milliseconds since the Unix epoch, UTC.
///
/// Serialises as the wire of the moment wants it: `"2026-08-01T12:00:00.000Z"` over REST,
/// `{"$date":1785585600000}` over DDP (see [`wire`]). Reads its plain number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// ISO 8601 in UTC with milliseconds; instants outside the years 0 to 9999 are clamped.
    pub fn iso(self) -> String {
        const FIRST: i64 = -62_167_219_200_000;
        const LAST: i64 = 253_402_207_200_000;
        let clamped = self.0.clamp(FIRST, LAST);
        let instant = jiff::Timestamp::from_millisecond(clamped).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        format!("{instant:.3}")
    }

    /// Reads what clients send for an instant: ISO 8601 text (a bare date is midnight UTC), or epoch milliseconds as digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(number) = text.parse::<i64>() {
            return Some(Self(number));
        }
        if let Ok(instant) = text.parse::<jiff::Timestamp>() {
            return Some(Self(instant.as_millisecond()));
        }
        let date = text.parse::<jiff::civil::DateTime>().ok()?;
        let instant = jiff::tz::TimeZone::UTC.to_timestamp(date).ok()?;
        Some(Self(instant.as_millisecond()))
    }
}

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match wire::current() {
            Wire::Rest => serializer.serialize_str(&self.iso()),
            Wire::Ddp => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("$date", &self.0)?;
                map.end()
            }
        }
    }
}

/// A distance from UTC in hours; some places have half hours.
///
/// Whole hours are written without a fraction: clients with fixed types read them as integers, as published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Hours(pub f64);

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = self.0 as i64;
        match whole as f64 == self.0 {
            true => serializer.serialize_i64(whole),
            false => serializer.serialize_f64(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_hours_have_no_fraction() {
        for (hours, text) in [(0.0, "0"), (-0.0, "0"), (-5.0, "-5"), (5.75, "5.75"), (1e300, "1e+300")] {
            let written = serde_json::to_string(&Hours(hours)).unwrap();
            assert_eq!(written, text);
            assert_eq!(serde_json::from_str::<Hours>(&written).unwrap(), Hours(hours));
        }
    }

    #[test]
    fn spells_both_wires() {
        let t = Millis(1_785_585_600_000);
        assert_eq!(wire::to_string(Wire::Rest, &t), "\"2026-08-01T12:00:00.000Z\"");
        assert_eq!(wire::to_string(Wire::Ddp, &t), "{\"$date\":1785585600000}");
        assert_eq!(Millis(i64::MIN).iso(), "0000-01-01T00:00:00.000Z");
        assert_eq!(Millis(i64::MAX).iso(), "9999-12-30T22:00:00.000Z");
    }

    #[test]
    fn reads_what_clients_send() {
        let t = Some(Millis(1_785_585_600_000));
        assert_eq!(Millis::parse("2026-08-01T12:00:00.000Z"), t);
        assert_eq!(Millis::parse("2026-08-01T14:00:00+02:00"), t);
        assert_eq!(Millis::parse("1785585600000"), t);
        assert_eq!(Millis::parse("2026-08-01"), Some(Millis(1_785_542_400_000)));
        assert_eq!(Millis::parse("soon"), None);
    }
}
