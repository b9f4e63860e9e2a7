//! Operations of the hub.

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::{SolCall, sol};

use super::super::stage::{Peer, Stage};
use super::{Scenario, scenario};
use crate::account::Account;
use crate::chain::Tx;
use crate::interfaces::ILiquidStaking as Hub;
use crate::{WEI, ether};

sol! {
    function arm(address target, uint256 value, bytes payload, uint256 times, bool insists);
    function answer(uint8 mode, uint256 size);
    function nothingOfTheKind();
}

/// `Wallet1271.Mode.AcceptAll`.
const ACCEPT_ALL: u8 = 1;

/// Tags are empty, amounts are one METIS.
pub(super) const ALL: &[Scenario] = &[
    scenario("deposit, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        deposit(stage, token, stage.alice)
    })
    .like(Peer::LeanHub)
    .within(38_500)
    .aiming(36_700),
    scenario("deposit, new holder", |stage, token| {
        stage.mint(token, stage.alice);
        deposit(stage, token, stage.bob)
    })
    .like(Peer::LeanHub),
    scenario("transfer, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        stage.mint(token, stage.bob);
        transfer(stage, token, WEI / U256::from(2))
    })
    .like(Peer::LeanHub)
    .within(35_600)
    .aiming(34_100),
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
    scenario("depositAndStake, old holder", |stage, token| {
        deposit_and_stake(stage, token);
        deposit_and_stake_tx(stage, token)
    })
    .like(Peer::LeanStakingHub)
    .within(72_000),
    scenario("depositAndStake, new holder", |stage, token| deposit_and_stake_tx(stage, token))
        .like(Peer::LeanStakingHub),
    scenario("receiveRewards, old holder", |stage, token| {
        stage.mint(token, stage.alice);
        let call = Hub::receiveRewardsCall { receiver: stage.alice.address };
        Tx { value: WEI, ..stage.tx(stage.params.allocator, token, call) }
    }),
    scenario("deposit, old holder, first after a pause", |stage, token| {
        stage.mint(token, stage.alice);
        let guardian = stage.params.guardian;
        stage.chain.send(guardian, token, Hub::pauseCall { duration: 1 }).ok();
        stage.chain.advance(1);
        deposit(stage, token, stage.alice)
    }),
    scenario("pause", |stage, token| {
        stage.mint(token, stage.alice);
        stage.tx(stage.params.guardian, token, Hub::pauseCall { duration: 1 })
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
        stage.raw_tx(stage.alice, stage.raw, stage.suite.hub_constructor(&stage.params))
    }),
];

fn deposit(stage: &Stage, token: Address, receiver: Account) -> Tx {
    let call = Hub::depositCall { receiver: receiver.address, tag: B256::ZERO };
    Tx { value: WEI, ..stage.tx(stage.alice, token, call) }
}

fn deposit_and_stake(stage: &mut Stage, token: Address) {
    let tx = deposit_and_stake_tx(stage, token);
    stage.chain.execute(&tx, true, false).expect("METIS is taken");
}

fn deposit_and_stake_tx(stage: &Stage, token: Address) -> Tx {
    let (receiver, min_shares) = (stage.alice.address, U256::ONE);
    let call = Hub::depositAndStakeCall { receiver, minShares: min_shares, tag: B256::ZERO };
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
