//! What ^C does to a campaign: the first ends it with a report, the second at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Exit code of what ^C ended: 128 and the number of its signal.
pub(in crate::cli) const EXIT_CODE: u8 = 130;

/// From here on ^C makes the returned flag true, and ends the process if it already is.
pub(super) fn listen() -> Result<Arc<AtomicBool>, String> {
    let stop = Arc::new(AtomicBool::new(false));
    // In this order: what is registered first is asked first.
    flag::register_conditional_shutdown(SIGINT, EXIT_CODE.into(), Arc::clone(&stop))
        .and_then(|_| flag::register(SIGINT, Arc::clone(&stop)))
        .map_err(|error| format!("^C cannot be watched: {error}"))?;
    Ok(stop)
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::atomic::Ordering;

    use signal_hook::low_level::raise;

    use super::{SIGINT, listen};

    /// Set in the process that is to end.
    const CHILD: &str = "EMETIS_TEST_INTERRUPT_TWICE";

    #[test]
    fn the_first_interrupt_is_told_and_the_second_ends_the_process() {
        if std::env::var_os(CHILD).is_some() {
            let stop = listen().unwrap();
            assert!(!stop.load(Ordering::Relaxed));
            raise(SIGINT).unwrap();
            assert!(stop.load(Ordering::Relaxed));
            raise(SIGINT).unwrap();
            panic!("the second interrupt ends the process");
        }
        let name = "cli::fuzz::interrupt::tests::the_first_interrupt_is_told_and_the_second_ends_the_process";

        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name])
            .env(CHILD, "1")
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();

        assert_eq!(status.code(), Some(super::EXIT_CODE.into()));
    }
}
