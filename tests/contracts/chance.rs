//! Random tests that are the same on every run.

use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

/// The seed, unless `EMETIS_SEED` names another.
const SEED: u64 = 0x5eed;

/// Runs `check` on `cases` values; panics with the smallest that fails and how to repeat it.
#[track_caller]
pub(crate) fn check<S: Strategy>(
    cases: u32,
    strategy: &S,
    check: impl Fn(S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: Debug,
{
    let seed = seed();
    let outcome = TestRunner::new(config(cases, seed)).run(strategy, check);
    if let Err(error) = outcome {
        let told = match error {
            TestError::Fail(why, value) => format!("{why}\nthe smallest value is {value:#?}"),
            TestError::Abort(why) => why.to_string(),
        };
        panic!("{told}\nrepeat it with EMETIS_SEED={seed}");
    }
}

/// Whether `check` fails on one of so many values, which is not made smaller. A panic is a failure.
pub(crate) fn fails<S: Strategy>(
    cases: u32,
    strategy: &S,
    check: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> bool
where
    S::Value: Debug,
{
    let config = Config { max_shrink_iters: 0, ..config(cases, seed()) };
    TestRunner::new(config).run(strategy, check).is_err()
}

fn seed() -> u64 {
    std::env::var("EMETIS_SEED").map_or(SEED, |seed| {
        seed.parse().unwrap_or_else(|_| panic!("EMETIS_SEED is a number, not {seed}"))
    })
}

fn config(cases: u32, seed: u64) -> Config {
    let rng_seed = RngSeed::Fixed(seed);
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}
