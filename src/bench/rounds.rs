//! Timing: rounds of the same work, and their median.

use std::time::Duration;

use cpu_time::{ProcessTime, ThreadTime};

/// Rounds of each piece of work. Odd, so that the median is one of them.
const ROUNDS: u32 = 11;

/// CPU time of this thread for one of `times` repetitions. The first round is not counted.
pub(super) fn thread(times: u32, mut work: impl FnMut()) -> Duration {
    median(|| {
        let clock = ThreadTime::now();
        for _ in 0..times {
            work();
        }
        clock.elapsed() / times
    })
}

/// CPU time of all threads for doing it once. The first round is not counted.
pub(super) fn process<T>(mut work: impl FnMut() -> T) -> Duration {
    median(|| {
        let clock = ProcessTime::now();
        let made = work();
        let elapsed = clock.elapsed();
        drop(made);
        elapsed
    })
}

fn median(mut round: impl FnMut() -> Duration) -> Duration {
    round();
    let mut times: Vec<_> = (0..ROUNDS).map(|_| round()).collect();
    times.sort_unstable();
    times[times.len() / 2]
}
