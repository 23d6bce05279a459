//! What ends the process.

use std::fmt;

/// One sentence for the operator, which says what to do, and the exit code that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    sentence: String,
    code: u8,
}

impl Problem {
    /// The command line or the configuration cannot be used: exit code 2. The sentence names the option and its source.
    pub fn configuration(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 2 }
    }

    /// What was asked for failed: exit code 1.
    pub fn running(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 1 }
    }

    /// The process's exit code.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Problem {}
