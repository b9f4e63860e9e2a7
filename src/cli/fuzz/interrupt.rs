//! What ^C does to a campaign: the first ends it with a report, the second at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::screen;

/// Exit code of what ^C ended: 128 and the number of its signal.
pub(in crate::cli) const EXIT_CODE: u8 = 130;

/// From here on ^C makes the returned flag true, and ends the process if it already is.
///
/// May be called once in a process.
pub(super) fn listen() -> Result<Arc<AtomicBool>, String> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(EXIT_CODE.into());
        }
        screen::status("Ending", "with a report of what was done; ^C once more ends at once");
    };
    ctrlc::set_handler(handler).map_err(|error| format!("^C cannot be watched: {error}"))?;
    Ok(stop)
}
