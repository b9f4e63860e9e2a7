//! What users pay among few and among many.

use std::fmt;

use alloy_primitives::U256;

use super::stage::Stage;
use crate::chain::Tx;
use crate::ether;
use crate::suite::Programs;
use crate::table::{Table, thousands};

/// By how much an operation may cost more or less among many, in gas.
pub const TOLERANCE: u64 = 200;

/// Delegators of one sequencer, few and many.
const DELEGATORS: [u64; 3] = [1, 100, 10_000];
/// Live sequencers, few and many.
const SEQUENCERS: [u64; 3] = [1, 8, 64];

/// Gas of an operation among few and among many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flat {
    /// The operation.
    pub key: &'static str,
    /// Among 1, 100 and 10,000 delegators of one sequencer.
    pub delegators: [u64; 3],
    /// Among 1, 8 and 64 live sequencers.
    pub sequencers: [u64; 3],
}

impl Flat {
    /// The most that the number of others moves it by.
    pub fn spread(&self) -> u64 {
        let all = || self.delegators.iter().chain(&self.sequencers);
        all().max().unwrap_or(&0) - all().min().unwrap_or(&0)
    }

    /// Whether users pay the same among few and among many.
    pub fn is_flat(&self) -> bool {
        self.spread() <= TOLERANCE
    }
}

/// The rows of a report. Its text is a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatTable(pub Vec<Flat>);

type Play = fn(&mut Stage) -> Tx;

/// What users do, on a stage on which Alice has delegated 200 METIS and earned.
const OPERATIONS: [(&str, Play); 5] = [
    ("staking: delegate", |stage| stage.delegation(stage.alice, 10)),
    ("staking: undelegate", |stage| stage.undelegation(10)),
    ("staking: claimUnlocked", |stage| {
        stage.unbond();
        stage.unlocked_claim(stage.bucket() - (U256::from(23) << 12))
    }),
    ("staking: claimRewards", |stage| stage.reward_claim()),
    ("staking: notifyRewards", Stage::notification),
];

/// Measures what users do among few and among many.
///
/// # Panics
///
/// If an operation is refused.
pub fn flat(programs: &Programs) -> Vec<Flat> {
    let stage = Stage::new(programs);
    let crowds = DELEGATORS.map(|count| crowd(&stage, 1, count));
    let fields = SEQUENCERS.map(|count| crowd(&stage, count, 1));
    let row = |(key, play): &(&'static str, Play)| Flat {
        key,
        delegators: crowds.each_ref().map(|stage| gas(stage, *play)),
        sequencers: fields.each_ref().map(|stage| gas(stage, *play)),
    };
    OPERATIONS.iter().map(row).collect()
}

/// So many sequencers, and delegators of the first; then Alice, who has an entry in today's bucket and
/// rewards that she has not claimed.
fn crowd(origin: &Stage, sequencers: u64, delegators: u64) -> Stage {
    let mut stage = origin.clone();
    stage.sequencers(sequencers);
    stage.delegators(delegators);
    stage.alice_delegates();
    let tx = stage.undelegation(10);
    stage.make(&tx);
    let tx = stage.notification();
    stage.make(&tx);
    stage.alice_delegates();
    let tx = stage.notification();
    stage.make(&tx);
    stage.chain.deal(stage.bob, ether(1));
    stage
}

fn gas(origin: &Stage, play: Play) -> u64 {
    let mut stage = origin.clone();
    let tx = play(&mut stage);
    let (outcome, _) = stage.play(&tx);
    outcome.expect("what is measured is accepted").gas_used
}

impl fmt::Display for FlatTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads =
            ["among", ">1", ">100", ">10,000 delegators", ">1", ">8", ">64 sequencers", ">spread"];
        let mut table = Table::new(&heads);
        for row in &self.0 {
            let figures = row.delegators.iter().chain(&row.sequencers);
            let cells = figures.copied().chain([row.spread()]).map(thousands);
            table.row([row.key.to_owned()].into_iter().chain(cells));
        }
        writeln!(f, "{table}")
    }
}
