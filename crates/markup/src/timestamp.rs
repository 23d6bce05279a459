//! `<t:1630360800:R>`: a moment that each reader sees in their own time zone.

use crate::parser::Parser;
use crate::tape::{Event, Seconds, Span};

const SECONDS_PER_DAY: i64 = 86_400;

impl Parser<'_> {
    /// A timestamp: seconds since 1970, a date with time, or a time of today; a letter may say how to show it.
    pub(crate) fn timestamp(&mut self) -> bool {
        if !self.has(self.pos, "<t:") {
            return false;
        }
        let start = self.pos + "<t:".len();
        let Some((end, seconds)) =
            self.unix_time(start).or_else(|| self.date(start)).or_else(|| self.time_of_day(start))
        else {
            return false;
        };
        let format = if self.byte(end) == Some(b':') { self.byte(end + 1).map(char::from) } else { None };
        let format = format.filter(|c| "tTdDfFR".contains(*c));
        let end = if format.is_some() { end + 2 } else { end };
        self.byte(end) == Some(b'>') && self.take(end + 1, |_| Event::Timestamp(seconds, format.unwrap_or('t')))
    }

    fn unix_time(&self, start: usize) -> Option<(usize, Seconds)> {
        let (end, _) = self.digits(start, 10)?;
        Some((end, Seconds::Digits(Span { start, end })))
    }

    /// `2025-07-22T10:00:00`, with thousandths and an offset from UTC if need be.
    fn date(&self, start: usize) -> Option<(usize, Seconds)> {
        let (at, year) = self.digits(start, 4)?;
        let (at, month) = self.digits(self.after(at, b'-')?, 2)?;
        let (at, day) = self.digits(self.after(at, b'-')?, 2)?;
        let (at, seconds) = self.clock(self.after(at, b'T')?)?;
        let thousandths = self.after(at, b'.').and_then(|at| self.digits(at, 3)).map(|(at, _)| at);
        let (end, offset) = self.offset(thousandths.unwrap_or(at))?;
        let dated = (1..=12).contains(&month) && (1..=31).contains(&day) && seconds <= SECONDS_PER_DAY;
        dated.then(|| (end, Seconds::Count(days(year, month, day) * SECONDS_PER_DAY + seconds - offset)))
    }

    /// `10:00` or `10:00:00` of today, with an offset from UTC if need be; only where the caller said when today began.
    fn time_of_day(&self, start: usize) -> Option<(usize, Seconds)> {
        let midnight = self.options.midnight?;
        let (at, seconds) = self.clock(start).or_else(|| self.hours_and_minutes(start))?;
        let (end, offset) = self.offset(at)?;
        Some((end, Seconds::Count(midnight + seconds - offset)))
    }

    /// `hh:mm:ss`, in seconds.
    fn clock(&self, start: usize) -> Option<(usize, i64)> {
        let (at, minutes) = self.hours_and_minutes(start)?;
        let (end, seconds) = self.digits(self.after(at, b':')?, 2)?;
        (seconds < 60).then_some((end, minutes + seconds))
    }

    /// `hh:mm`, in seconds.
    fn hours_and_minutes(&self, start: usize) -> Option<(usize, i64)> {
        let (at, hours) = self.digits(start, 2)?;
        let (end, minutes) = self.digits(self.after(at, b':')?, 2)?;
        (hours <= 24 && minutes < 60).then_some((end, (hours * 60 + minutes) * 60))
    }

    /// `+hh:mm` or `-hh:mm`, in seconds; nothing is none.
    fn offset(&self, start: usize) -> Option<(usize, i64)> {
        let sign = match self.byte(start) {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return Some((start, 0)),
        };
        let (end, offset) = self.hours_and_minutes(start + 1)?;
        (offset < SECONDS_PER_DAY).then_some((end, sign * offset))
    }

    fn after(&self, at: usize, byte: u8) -> Option<usize> {
        (self.byte(at) == Some(byte)).then_some(at + 1)
    }

    /// A number of so many digits.
    fn digits(&self, start: usize, count: usize) -> Option<(usize, i64)> {
        let digits = self.text.get(start..start + count)?;
        let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
        Some((start + count, number))
    }
}

/// Days from 1970 to a date; a day past the end of its month is in the next one.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years are counted from March: the day that leap years add is then their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn counts_days_from_1970() {
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(2000, 3, 1), 11_017);
        assert_eq!(days(2024, 2, 29), 19_782);
        assert_eq!(days(1969, 12, 31), -1);
        assert_eq!(days(2025, 2, 31), days(2025, 3, 3));
    }
}
