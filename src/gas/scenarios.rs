//! The operations that are measured.

mod hub;
mod lens;
mod manager;
mod queue;
mod quota;
mod staking;
mod vault;

use alloy_primitives::Address;

use super::stage::{Peer, Stage};
use super::{GasRow, Parts};
use crate::chain::{GAS_LIMIT, Tx};
use crate::stylus::trace::FrameTrace;

/// Every operation, in the order of the report.
pub(super) fn all() -> impl Iterator<Item = &'static Scenario> {
    let before = hub::ALL.iter().chain(vault::ALL).chain(manager::ALL).chain(staking::ALL);
    before.chain(quota::ALL).chain(lens::ALL).chain(queue::ALL)
}

/// An operation: how to make ready for it on a token, and the transaction.
pub(super) struct Scenario {
    key: &'static str,
    budget: Option<u64>,
    aim: Option<u64>,
    peer: Option<Peer>,
    /// Whose it is.
    part: Part,
    /// Whether only the innermost call to the hub counts, not the transaction.
    inner: bool,
    /// Whether it is meant to fail.
    fails: bool,
    play: fn(&mut Stage, Address) -> Tx,
}

/// A program of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Hub,
    Vault,
    Queue,
    Manager,
    Registry,
    Staking,
    Court,
    Quota,
    Lens,
}

const fn scenario(key: &'static str, play: fn(&mut Stage, Address) -> Tx) -> Scenario {
    let (budget, aim, peer) = (None, None, None);
    Scenario { key, budget, aim, peer, part: Part::Hub, inner: false, fails: false, play }
}

impl Scenario {
    const fn like(self, peer: Peer) -> Self {
        Self { peer: Some(peer), ..self }
    }

    const fn within(self, budget: u64) -> Self {
        Self { budget: Some(budget), ..self }
    }

    const fn aiming(self, aim: u64) -> Self {
        Self { aim: Some(aim), ..self }
    }

    const fn of_vault(self) -> Self {
        self.of(Part::Vault)
    }

    const fn of(self, part: Part) -> Self {
        Self { part, ..self }
    }

    pub(super) fn measure(&self, origin: &Stage) -> GasRow {
        let peer = self.peer.map(|peer| {
            let (gas, _) = self.run(origin, origin.peer(peer), true);
            (format!("{peer:?}"), gas)
        });
        let program = match self.part {
            Part::Hub => origin.hub,
            Part::Vault => origin.vault,
            Part::Queue => origin.suite.redemption_queue,
            Part::Manager => origin.suite.access_manager,
            Part::Registry => origin.suite.sequencer_registry,
            Part::Staking => origin.suite.sequencer_staking,
            Part::Court => origin.suite.slashing_court,
            Part::Quota => origin.suite.quota,
            Part::Lens => origin.suite.lens,
        };
        let (gas, breakdown) = self.run(origin, program, true);
        let (uncached, _) = self.run(origin, program, false);
        GasRow {
            key: self.key.into(),
            gas,
            uncached,
            budget: self.budget,
            aim: self.aim,
            peer,
            breakdown,
        }
    }

    /// Gas of the operation on `token`, and its parts if that is a program.
    fn run(&self, origin: &Stage, token: Address, cached: bool) -> (u64, Parts) {
        let mut stage = origin.clone();
        let tx = (self.play)(&mut stage, token);
        for program in stage.suite.programs() {
            stage.chain.set_cached(program, cached);
        }
        let (outcome, trace) = stage.play(&tx);
        let key = self.key;
        let tree = || stage.chain.render(&trace);
        assert_eq!(outcome.is_err(), self.fails, "{key}: {outcome:?}\n{}", tree());

        let ink_price = u64::from(stage.chain.programs().version().ink_price);
        if self.inner {
            let frame = innermost(&trace, token).expect("the token is called");
            assert!(frame.result.is_revert(), "{key}: {}", tree());
            return (frame.gas_used, Parts::of_frame(frame, ink_price));
        }
        let gas = outcome.map_or_else(|failure| failure.gas_used(), |receipt| receipt.gas_used);
        let is_program = trace.program.is_some();
        let parts = || Parts::of_transaction(&trace, ink_price, GAS_LIMIT, gas);
        (gas, if is_program { parts() } else { Parts::default() })
    }
}

/// The call to `target` that is deepest, if there is one.
fn innermost(frame: &FrameTrace, target: Address) -> Option<&FrameTrace> {
    let below = frame.calls.iter().find_map(|call| innermost(call, target));
    below.or_else(|| (frame.target == target).then_some(frame))
}
