//! What a pause of staking halts, cell by cell, and what it leaves alone.

use super::super::super::staking::busy::*;
use super::super::super::staking::kit::*;
use alloy_primitives::{Address, Bytes, Log, U256};
use alloy_sol_types::SolError;

const HOUR: u32 = 3_600;

/// What a call would come to.
type Told = Result<(Bytes, Vec<Log>), Bytes>;

fn outcome(busy: &Busy, target: Address, call: &Ready) -> Told {
    let mut chain = busy.world.chain.clone();
    let outcome =
        chain.send_raw(call.caller, target, call.data.clone()).value(call.value).dry_run();
    outcome.map(|receipt| (receipt.output, receipt.logs)).map_err(|failure| failure.data())
}

#[test]
fn a_pause_of_staking_halts_exactly_what_the_list_calls_pausable() {
    let open = busy();
    let mut paused = open.clone();
    let guardian = paused.world.guardian;
    paused.world.does(guardian, Staking::pauseCall { duration: HOUR });
    let until = open.world.now() + U256::from(HOUR);
    let mut over = paused.clone();
    over.world.chain.advance(HOUR.into());
    let (mut halted, mut free) = (0, 0);

    for program in programs_here() {
        let target = (program.address)(&open.world.suite);
        for entry in program.entries {
            let cell = format!("{} of {}", entry.signature, program.name);
            // These two speak of the pause itself, and have stories of their own.
            if matches!(entry.signature, "pause(uint32)" | "unpause()") {
                continue;
            }
            let call = good(&open, program, entry);
            let [before, during, after] =
                [&open, &paused, &over].map(|busy| outcome(busy, target, &call));

            assert!(before.is_ok(), "{cell}: {before:?}");
            assert!(after.is_ok(), "{cell}: {after:?}");
            if entry.pausable {
                let refused = Staking::EntriesPaused { until }.abi_encode();
                assert_eq!(during, Err(refused.into()), "{cell}");
                halted += 1;
            } else {
                assert_eq!(during, before, "{cell}");
                free += 1;
            }
        }
    }

    assert_eq!((halted, free), (4, 41), "register twice, open, delegate; and all others");
}
