//! `emetis check`: would every program activate, and at what costs.

use std::sync::Arc;

use emetis::artifacts::{Artifact, BuildError};
use emetis::stylus::arbwasm::{ARB_WASM, ArbWasm};
use emetis::stylus::{ProgramStore, Version};
use emetis::{Chain, Table, days, ether, thousands};

use super::screen::{self, Ink};
use super::{Outcome, Verdict, build};

/// What activating a program costs.
struct Costs {
    /// Gas of the transaction that creates the account.
    creation: u64,
    /// Gas of the transaction that activates it.
    activation: u64,
    /// Wei that activation takes besides.
    data_fee: String,
    /// Gas at the start of a call, not cached and cached.
    init: [u64; 2],
    /// Seconds until it must be activated again.
    lifetime: u64,
}

pub(super) fn run() -> Outcome {
    let artifacts = match build::build(false) {
        Ok(artifacts) => artifacts,
        Err(refused @ BuildError::Refused { .. }) => {
            screen::print(&screen::paint(&refused.to_string(), Ink::Bad));
            return Ok(Verdict::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    let store = Arc::new(ProgramStore::standard()?);
    let heads = [
        "program",
        ">creation gas",
        ">activation gas",
        ">data fee, wei",
        ">init gas",
        ">cached init gas",
        ">expires after",
    ];
    let mut table = Table::new(&heads);
    let mut refused = Vec::new();
    for artifact in &artifacts {
        match costs(&store, artifact) {
            Ok(costs) => table.row([
                artifact.name.clone(),
                thousands(costs.creation),
                thousands(costs.activation),
                thousands(costs.data_fee),
                thousands(costs.init[0]),
                thousands(costs.init[1]),
                format!("{} days", costs.lifetime / days(1)),
            ]),
            Err(why) => refused.push(format!("{} would not activate: {why}", artifact.name)),
        }
    }
    let Version { arbos, stylus, .. } = **store.version();
    screen::print(&build::sizes(&artifacts));
    screen::print(&format!("\n{}", screen::table(&table)));
    for line in &refused {
        screen::print(&screen::paint(line, Ink::Bad));
    }
    let verdict = match (refused.is_empty(), build::within_limits(&artifacts)) {
        (true, Verdict::Passed) => {
            let line = format!("{} of {0} programs would activate", artifacts.len());
            let line = screen::paint(&line, Ink::Good);
            screen::print(&format!("\n{line} (ArbOS {arbos}, Stylus version {stylus})"));
            Verdict::Passed
        }
        _ => Verdict::Failed,
    };
    Ok(verdict)
}

/// Creates and activates a program in a world of its own.
fn costs(store: &Arc<ProgramStore>, artifact: &Artifact) -> Result<Costs, String> {
    let mut chain = Chain::with_programs(Arc::clone(store));
    let deployer = chain.account("deployer");
    let said = |failure: emetis::Failure| format!("{failure:?}");

    let created = chain.create(deployer, artifact.init_code()).run().map_err(said)?;
    let program = created.output;
    let code = chain.code(program);
    store.get(alloy_primitives::keccak256(&code), &code).map_err(|error| error.to_string())?;

    let enough = ether(1);
    chain.deal(deployer, enough);
    let activate = ArbWasm::activateProgramCall { program };
    let activated = chain.send(deployer, ARB_WASM, activate).value(enough).run().map_err(said)?;
    let view = |(failure, _)| said(failure);
    let init = chain.try_view(ARB_WASM, ArbWasm::programInitGasCall { program }).map_err(view)?;
    let lifetime =
        chain.try_view(ARB_WASM, ArbWasm::programTimeLeftCall { program }).map_err(view)?;
    Ok(Costs {
        creation: created.gas_used,
        activation: activated.gas_used,
        data_fee: activated.output.dataFee.to_string(),
        init: [init.gas, init.gasWhenCached],
        lifetime,
    })
}
