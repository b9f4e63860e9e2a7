//! The operations that are measured.

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::{SolCall, sol};

use super::stage::{Peer, Stage};
use super::{GasRow, Parts};
use crate::account::Account;
use crate::chain::{GAS_LIMIT, Tx};
use crate::interfaces::ILiquidStaking as Hub;
use crate::stylus::trace::FrameTrace;
use crate::{WEI, ether, suite};

sol! {
    function arm(address target, uint256 value, bytes payload, uint256 times, bool insists);
    function answer(uint8 mode, uint256 size);
    function nothingOfTheKind();
}

/// `Wallet1271.Mode.AcceptAll`.
const ACCEPT_ALL: u8 = 1;

/// An operation: how to make ready for it on a token, and the transaction.
pub(super) struct Scenario {
    key: &'static str,
    budget: Option<u64>,
    aim: Option<u64>,
    peer: Option<Peer>,
    /// Whether only the innermost call to the hub counts, not the transaction.
    inner: bool,
    /// Whether it is meant to fail.
    fails: bool,
    play: fn(&mut Stage, Address) -> Tx,
}

const fn scenario(key: &'static str, play: fn(&mut Stage, Address) -> Tx) -> Scenario {
    Scenario { key, budget: None, aim: None, peer: None, inner: false, fails: false, play }
}

impl Scenario {
    const fn like(self, peer: Peer) -> Self {
        Self { peer: Some(peer), ..self }
    }

    const fn within(self, budget: u64, aim: u64) -> Self {
        Self { budget: Some(budget), aim: Some(aim), ..self }
    }

    pub(super) fn measure(&self, origin: &Stage) -> GasRow {
        let peer = self.peer.map(|peer| {
            let (gas, _) = self.run(origin, origin.peer(peer), true);
            (format!("{peer:?}"), gas)
        });
        let (gas, breakdown) = self.run(origin, origin.hub, true);
        let (uncached, _) = self.run(origin, origin.hub, false);
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
        stage.chain.set_cached(stage.hub, cached);
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

/// In the order of the report. Tags are empty, amounts are one METIS.
pub(super) const ALL: &[Scenario] = &[
    scenario("deposit, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        deposit(stage, token, stage.alice)
    })
    .like(Peer::LeanHub)
    .within(38_000, 36_700),
    scenario("deposit, new holder", |stage, token| {
        stage.mint(token, stage.alice);
        deposit(stage, token, stage.bob)
    })
    .like(Peer::LeanHub),
    scenario("deposit, first of all", |stage, token| deposit(stage, token, stage.alice))
        .like(Peer::LeanHub),
    scenario("transfer, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        stage.mint(token, stage.bob);
        transfer(stage, token, WEI / U256::from(2))
    })
    .like(Peer::LeanHub)
    .within(35_600, 34_100),
    scenario("transfer, new holder", |stage, token| {
        stage.mint(token, stage.alice);
        transfer(stage, token, WEI / U256::from(2))
    })
    .like(Peer::LeanHub),
    scenario("transfer of everything, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        stage.mint(token, stage.bob);
        transfer(stage, token, WEI)
    })
    .like(Peer::LeanHub),
    scenario("approve, new allowance", |stage, token| approve(stage, token, WEI))
        .like(Peer::LeanHub),
    scenario("approve, changed allowance", |stage, token| {
        stage.approve(token, WEI);
        approve(stage, token, ether(2))
    })
    .like(Peer::LeanHub),
    scenario("transferFrom, finite allowance", |stage, token| {
        transfer_from(stage, token, ether(2))
    })
    .like(Peer::LeanHub),
    scenario("transferFrom, infinite allowance", |stage, token| {
        transfer_from(stage, token, U256::MAX)
    })
    .like(Peer::LeanHub),
    scenario("permit in parts, first of the owner", |stage, token| stage.permit(token, 0))
        .like(Peer::OzToken),
    scenario("permit in parts, later", |stage, token| {
        stage.chain.execute(&stage.permit(token, 0), true, false).expect("the permit is good");
        stage.permit(token, 1)
    })
    .like(Peer::OzToken),
    scenario("permit as bytes, first of the owner", |stage, token| {
        let signature = stage.sign(token, 0).to_bytes().into();
        permit_by_bytes(stage, token, stage.alice.address, signature)
    }),
    scenario("permit by an ERC-1271 wallet, first of the owner", |stage, token| {
        let accept = answerCall { mode: ACCEPT_ALL, size: U256::ZERO };
        stage.chain.send(stage.alice, stage.wallet, accept).ok();
        permit_by_bytes(stage, token, stage.wallet, Bytes::from(vec![1; 65]))
    }),
    scenario("receiveRewards, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        let call = Hub::receiveRewardsCall { receiver: stage.alice.address };
        Tx { value: WEI, ..stage.tx(stage.params.minter, token, call) }
    }),
    scenario("sweep to an old account", |stage, token| {
        stage.mint(token, stage.alice);
        stage.donate();
        let call = Hub::sweepCall { receiver: stage.alice.address };
        stage.tx(stage.params.treasury, token, call)
    }),
    scenario("balanceOf, as a transaction", |stage, token| {
        stage.mint(token, stage.alice);
        stage.tx(stage.bob, token, Hub::balanceOfCall { account: stage.alice.address })
    })
    .like(Peer::LeanHub),
    Scenario { inner: true, ..scenario("refused re-entry, the call alone", reentry) },
    Scenario {
        fails: true,
        ..scenario("unknown selector", |stage, token| {
            stage.tx(stage.alice, token, nothingOfTheKindCall {})
        })
    },
    scenario("constructor", |stage, _| {
        stage.raw_tx(stage.alice, stage.raw, suite::constructor(&stage.params))
    }),
];

fn deposit(stage: &Stage, token: Address, receiver: Account) -> Tx {
    let call = Hub::depositCall { receiver: receiver.address, tag: B256::ZERO };
    Tx { value: WEI, ..stage.tx(stage.alice, token, call) }
}

fn transfer(stage: &Stage, token: Address, value: U256) -> Tx {
    stage.tx(stage.alice, token, Hub::transferCall { to: stage.bob.address, value })
}

fn approve(stage: &Stage, token: Address, value: U256) -> Tx {
    stage.tx(stage.alice, token, Hub::approveCall { spender: stage.bob.address, value })
}

/// Bob moves tokens of Alice to Carol, who has some.
fn transfer_from(stage: &mut Stage, token: Address, allowed: U256) -> Tx {
    let (from, to) = (stage.alice.address, stage.carol.address);
    stage.mint(token, from);
    stage.mint(token, to);
    stage.approve(token, allowed);
    let value = WEI / U256::from(2);
    stage.tx(stage.bob, token, Hub::transferFromCall { from, to, value })
}

fn permit_by_bytes(stage: &Stage, token: Address, owner: Address, signature: Bytes) -> Tx {
    let call = Hub::permit_1Call {
        owner,
        spender: stage.bob.address,
        value: WEI,
        deadline: stage.deadline(),
        signature,
    };
    stage.tx(stage.bob, token, call)
}

/// A receiver that deposits again while it is paid.
fn reentry(stage: &mut Stage, token: Address) -> Tx {
    stage.donate();
    let (target, receiver) = (token, stage.reenterer);
    let payload = Hub::depositCall { receiver, tag: B256::ZERO }.abi_encode().into();
    let arm = armCall { target, value: U256::ONE, payload, times: U256::ONE, insists: false };
    stage.chain.send(stage.alice, receiver, arm).ok();
    stage.tx(stage.params.treasury, token, Hub::sweepCall { receiver })
}
