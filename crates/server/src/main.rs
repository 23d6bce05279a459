//! The binary `gantry`; everything else is in the library beside it.

use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    gantry_server::run(std::env::args_os())
}
