//! The pieces of work that are timed.

use std::time::Duration;

use super::rounds;
use super::stage::{Stage, backends};
use crate::artifacts::Artifact;
use crate::chain::Chain;
use crate::stylus::package::{compress, decompress};
use crate::stylus::{Version, instrument, normalize};
use crate::suite::{Params, Programs, Suite};

/// Calls in a round.
const CALLS: u32 = 1_000;
/// A deposit through the engine.
const DEPOSIT: Duration = Duration::from_micros(13);

/// Reports a piece of work: its name, its target, and how to time it.
type Report<'r> = dyn FnMut(&str, Option<Duration>, &mut dyn FnMut() -> Duration) + 'r;

/// Calls, one after the other in one world.
pub(super) fn calls(programs: &Programs, report: &mut Report<'_>) {
    let origin = Stage::new(programs);
    let (hub, vault, lean) = (origin.hub, origin.vault, origin.lean);
    let timed = |stage: &mut Stage, call: fn(&mut Stage, alloy_primitives::Address), token| {
        rounds::thread(CALLS, || call(stage, token))
    };

    let stage = &mut origin.clone();
    report("deposit", Some(DEPOSIT), &mut || timed(stage, Stage::deposit, hub));
    report("transfer", None, &mut || timed(stage, Stage::transfer, hub));
    report("vault: deposit", None, &mut || timed(stage, Stage::stake, vault));
    report("depositAndStake, two programs", None, &mut || {
        timed(stage, Stage::deposit_and_stake, hub)
    });
    report("view: balanceOf", None, &mut || rounds::thread(CALLS, || stage.view(hub)));
    report("deposit in a clone of the world", None, &mut || {
        rounds::thread(CALLS, || origin.clone().deposit(hub))
    });
    report("deposit, EVM code (LeanHub)", None, &mut || timed(stage, Stage::deposit, lean));
    report("transfer, EVM code (LeanHub)", None, &mut || timed(stage, Stage::transfer, lean));
    for (name, backend) in backends() {
        let stage = &mut origin.on(backend);
        let key = format!("deposit on {name}, an engine of its own");
        report(&key, None, &mut || timed(stage, Stage::deposit, hub));
    }
}

/// What is done once for a program.
pub(super) fn compilations(hub: &Artifact, report: &mut Report<'_>) {
    let version = Version::ARBOS_60;
    let wasm = hub.wasm.as_slice();
    report("hub: normalize", None, &mut || rounds::process(|| normalize(wasm)));
    report("hub: compress with brotli", None, &mut || rounds::process(|| compress(wasm)));
    report("hub: decompress", None, &mut || {
        rounds::process(|| decompress(&hub.code, &version.limits))
    });
    let instrumented = || instrument::instrument(wasm, &version).expect("the hub is accepted");
    report("hub: instrument", None, &mut || rounds::process(instrumented));
    let metered = instrumented().wasm;
    for (name, backend) in backends() {
        report(&format!("hub: compile with {name}"), None, &mut || {
            rounds::process(|| backend.compile(&metered).expect("the hub compiles"))
        });
    }
}

/// Worlds as a whole.
pub(super) fn worlds(programs: &Programs, report: &mut Report<'_>) {
    let origin = Stage::new(programs);
    report("clone of a sealed world", None, &mut || rounds::thread(CALLS, || drop(origin.clone())));
    let deploy = |mut chain: Chain| {
        Suite::deploy_programs(&mut chain, programs, Params::default());
        chain
    };
    report("deployment of the suite, programs compiled", None, &mut || {
        rounds::process(|| deploy(Chain::with_programs(origin.chain.programs().clone())))
    });
    report("deployment of the suite, from nothing", None, &mut || {
        rounds::process(|| deploy(Chain::new()))
    });
}
