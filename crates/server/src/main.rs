//! The binary `gantry`; everything else is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    gantry_server::run(std::env::args_os())
}
