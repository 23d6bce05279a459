//! One suite for both databases.

use std::future::{Future, ready};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// A file of its own.
    Sqlite,
    /// A database of its own on the tests' server.
    Postgres,
}

/// What a test of [`both_databases!`](crate::both_databases) can ask for: a store, a server, or the [`Engine`] itself.
pub trait OnEngine: Sized {
    /// Makes one on `engine`; `None` where that cannot be had here and the test was noted as skipped.
    fn on(engine: Engine) -> impl Future<Output = Option<Self>>;
}

impl OnEngine for Engine {
    fn on(engine: Engine) -> impl Future<Output = Option<Self>> {
        ready(Some(engine))
    }
}

/// Runs a test on both databases: `name::sqlite` and `name::postgres`.
///
/// ```
/// use gantry_testkit::{Engine, both_databases};
///
/// both_databases! {
///     /// A server forgets nobody.
///     async fn remembers(engine: Engine) {
///         assert!(matches!(engine, Engine::Sqlite | Engine::Postgres));
///     }
/// }
/// # fn main() {}
/// ```
///
/// The argument is anything [`OnEngine`]. Several tests may stand in one call; attributes go to both halves of each.
#[macro_export]
macro_rules! both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($($argument:ident)+ : $fixture:ty) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn run_on(engine: $crate::Engine) {
                if let Some($($argument)+) = <$fixture as $crate::OnEngine>::on(engine).await {
                    $body
                }
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run_on($crate::Engine::Sqlite).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run_on($crate::Engine::Postgres).await;
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a skipped database looks like.
    struct Nowhere;

    impl OnEngine for Nowhere {
        fn on(_: Engine) -> impl Future<Output = Option<Self>> {
            ready(None)
        }
    }

    both_databases! {
        async fn is_told_its_engine(engine: Engine) {
            let test = std::thread::current().name().unwrap_or_default().to_owned();
            let expected = if test.ends_with("sqlite") { Engine::Sqlite } else { Engine::Postgres };
            assert_eq!(engine, expected);
        }

        /// A mutable argument is possible, too.
        async fn may_change_its_argument(mut engine: Engine) {
            engine = if engine == Engine::Sqlite { Engine::Postgres } else { Engine::Sqlite };
            assert!(matches!(engine, Engine::Sqlite | Engine::Postgres));
        }

        async fn does_not_run_without(nowhere: Nowhere) {
            let Nowhere = nowhere;
            unreachable!("there was nothing to run on");
        }
    }
}
