//! What the user sees: status lines, progress, tables, colour.
//!
//! Results go to standard output, everything else to standard error. Colour and progress bars are
//! for terminals; elsewhere progress is a line every few seconds.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use emetis::{Table, thousands};
use indicatif::{ProgressBar, ProgressStyle};

/// How often progress is told where there is no terminal.
const LULL: Duration = Duration::from_secs(5);
/// Columns that the first word of a status line ends at, as in cargo's.
const VERB: usize = 12;

/// How a piece of text stands out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ink {
    Good,
    Bad,
    Doubtful,
    Faint,
}

/// Prints a result.
pub(super) fn print(text: &str) {
    // A reader that has gone away, as `head` does, is no error of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a line of what is going on: a verb as cargo prints it, and what it is done to.
pub(super) fn status(verb: &str, what: &str) {
    let verb = tint(&format!("{verb:>VERB$}"), Ink::Good, is_coloured(&std::io::stderr()));
    let _ = writeln!(std::io::stderr(), "{verb} {what}");
}

/// Prints why a command could not do its work.
pub(super) fn error(why: &str) {
    let word = tint("error", Ink::Bad, is_coloured(&std::io::stderr()));
    let _ = writeln!(std::io::stderr(), "{word}: {why}");
}

/// Text for standard output, in colour if that is a terminal.
pub(super) fn paint(text: &str, ink: Ink) -> String {
    tint(text, ink, is_coloured(&std::io::stdout()))
}

/// A table for standard output; its headings are faint.
pub(super) fn table(table: &Table) -> String {
    let text = table.to_string();
    match text.split_once('\n') {
        Some((headings, rows)) => format!("{}\n{rows}", paint(headings, Ink::Faint)),
        None => paint(&text, Ink::Faint),
    }
}

fn tint(text: &str, ink: Ink, coloured: bool) -> String {
    let code = match ink {
        _ if !coloured => return text.to_owned(),
        Ink::Good => "1;32",
        Ink::Bad => "1;31",
        Ink::Doubtful => "1;33",
        Ink::Faint => "2",
    };
    format!("\x1b[{code}m{text}\x1b[0m")
}

/// Whether a stream is a terminal that wants colour: see <https://no-color.org>.
fn is_coloured(stream: &impl IsTerminal) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    stream.is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// Progress of something that takes a while.
#[derive(Debug)]
pub(super) struct Meter {
    verb: &'static str,
    bar: ProgressBar,
    started: Instant,
    told: Mutex<Instant>,
}

impl Meter {
    /// Of something whose end is not known.
    pub(super) fn spinner(verb: &'static str) -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_style(style("{prefix:>12} {spinner} {msg}"));
        Self::new(verb, bar)
    }

    /// Of something that ends after `length` steps.
    pub(super) fn bar(verb: &'static str, length: u64) -> Self {
        let bar = ProgressBar::new(length);
        let template = "{prefix:>12} [{bar:30}] {human_pos}/{human_len} {msg}";
        bar.set_style(style(template).progress_chars("=> "));
        Self::new(verb, bar)
    }

    fn new(verb: &'static str, bar: ProgressBar) -> Self {
        bar.set_prefix(verb);
        bar.enable_steady_tick(Duration::from_millis(100));
        let now = Instant::now();
        Self { verb, bar, started: now, told: Mutex::new(now) }
    }

    /// Tells how far it is. May be called often, from any thread.
    pub(super) fn tell(&self, position: u64, message: String) {
        if self.bar.is_hidden() && self.is_due() {
            let of = self.bar.length().map_or(String::new(), |length| {
                format!("{}/{} ", thousands(position), thousands(length))
            });
            status(self.verb, &format!("{of}{message}"));
        }
        self.bar.set_position(position);
        self.bar.set_message(message);
    }

    /// Time since it began.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn is_due(&self) -> bool {
        let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let due = told.elapsed() >= LULL;
        if due {
            *told = Instant::now();
        }
        due
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
