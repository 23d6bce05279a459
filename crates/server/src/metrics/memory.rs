//! How much memory this process has.

/// The memory in use, in bytes; `None` where the system does not tell.
pub fn resident() -> Option<f64> {
    std::fs::read_to_string("/proc/self/status").ok().and_then(|status| of_status(&status))
}

fn of_status(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u32 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some(f64::from(kibibytes) * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_tells_it() {
        assert_eq!(of_status("Name:\tgantry\nVmPeak:\t  9000 kB\nVmRSS:\t   2048 kB\n"), Some(2_097_152.0));
        assert_eq!(of_status("Name:\tgantry\n"), None);
        assert_eq!(of_status("VmRSS:\t lots\n"), None);
    }
}
