//! What this program calls itself, and which server version it speaks like.

/// The name of this program.
pub const PRODUCT: &str = "Gantry";

/// The version of this program.
pub const PRODUCT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The server version whose behaviour clients may expect; `version` of `/api/info` for those who may see it whole.
///
/// It must be a plain release of a line that the official apps still support: they refuse others.
pub const REPORTED_VERSION: &str = "8.5.0";

/// [`REPORTED_VERSION`] without its patch, as strangers see it.
pub const REPORTED_LINE: &str = "8.5";

/// The oldest desktop app that works, `minimumClientVersions.desktop`.
pub const MINIMUM_DESKTOP: &str = "3.9.6";

/// The oldest mobile app that works, `minimumClientVersions.mobile`.
pub const MINIMUM_MOBILE: &str = "4.39.0";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_the_version_without_its_patch() {
        assert_eq!(REPORTED_VERSION.rsplit_once('.').map(|(line, _)| line), Some(REPORTED_LINE));
    }
}
