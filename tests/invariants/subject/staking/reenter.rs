//! A receiver of unbonded METIS or rewards that calls back.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::{Checks, Step, Tally, Violation};
use emetis::{Chain, Failure};

use super::super::super::action::staking::{Id, Party};
use super::super::super::checks::staking::model::sorted;
use super::super::super::checks::staking::{self as checks};
use super::super::super::encode::staking::{StakingCall, raw};
use super::super::super::model::Prediction;
use super::super::super::model::staking::{Message, Money, Part, Permission, Surroundings};
use super::super::super::spec::{MODEL, SAF_2};
use super::super::super::world::staking::Stage;
use super::super::super::world::{DISARM, Origin, World, armCall, outcomeCall};

/// What the receiver calls.
pub(super) struct Strike<'a> {
    pub(super) target: Part,
    pub(super) entry: u8,
    pub(super) words: &'a [U256; 8],
}

impl Origin {
    /// A claim to a contract that calls a program back leaves what a claim to a quiet one leaves.
    pub(super) fn reenter_staking(
        &self,
        world: &mut World,
        caller: Party,
        id: Id,
        rewards: bool,
        strike: &Strike<'_>,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let stage = &mut world.stage;
        stage.now(world.chain.time());
        let (id, caller) = (stage.id(id), stage.crew.address(caller));
        let reenterer = stage.crew.account(Party::Reenterer);
        let call = claim(stage, caller, id, rewards, reenterer.address);
        let payload = raw(stage, strike.target, strike.entry, strike.words);
        let mut quiet = world.chain.clone();
        let mallory = stage.crew.account(Party::Mallory);
        // A payment that was refused earlier may have left it ready to strike.
        quiet.send(mallory, reenterer, DISARM).ok();
        let calm = super::send(&mut quiet, stage, &call);
        let arm = armCall {
            target: stage.crew.program(strike.target),
            value: U256::ZERO,
            payload: payload.clone().into(),
            times: U256::ONE,
            insists: false,
        };
        world.chain.send(mallory, reenterer, arm).ok();
        let wild = super::send(&mut world.chain, stage, &call);
        let gas = wild.as_ref().map_or_else(Failure::gas_used, |receipt| receipt.gas_used);
        let step = Step { accepted: wild.is_ok(), gas };
        let watched = tally.watches(MODEL);
        if tally.level() == Checks::None {
            stage.look_at_all(&world.chain);
            return Ok(step);
        }
        let around = Surroundings { permission: Permission::Refused, fund_takes: true };
        let mut struck = false;
        if watched {
            let StakingCall { to, value, ref data, .. } = call;
            let predicted = stage.model.call(&Message { to, caller, value, data, around: &around });
            tally.check(MODEL, predicted.is_ok() == wild.is_ok(), || {
                format!("the claim: expected {predicted:?}, found {wild:?}")
            })?;
            if predicted.is_ok() {
                stage.model.out[Part::Staking as usize] = true;
                let caller = reenterer.address;
                let (to, value, data) = (strike.target, U256::ZERO, &payload[..]);
                let expected =
                    stage.model.call(&Message { to, caller, value, data, around: &around });
                stage.model.out[Part::Staking as usize] = false;
                struck = expected.is_ok();
                let found = outcome(&world.chain, reenterer.address);
                let same = match (&found, &expected) {
                    // In no order.
                    (Ok(Ok(found)), Ok(expected))
                        if payload.starts_with(&Money::liveCall::SELECTOR) =>
                    {
                        sorted(found) == sorted(expected)
                    }
                    (found, expected) => found.as_ref() == Ok(expected),
                };
                tally.check(SAF_2, same, || {
                    format!("a re-entering call expected {expected:?}, found {found:?}")
                })?;
            }
        } else if wild.is_ok() {
            struck = outcome(&world.chain, reenterer.address).is_ok_and(|answer| answer.is_ok());
        }
        // A call of another program may do something there; this one is out.
        let compared = Part::ALL.into_iter().filter(|part| *part == Part::Staking || !struck);
        let same = compared
            .clone()
            .all(|part| state(stage, &quiet, part) == state(stage, &world.chain, part))
            && calm.is_ok() == wild.is_ok();
        tally.check(SAF_2, same, || {
            format!("calling {} back changed the state", world.chain.names().call(&payload))
        })?;
        let ids: Vec<u64> = (1..=world.stage.seen.sequencers.len() as u64).collect();
        let before = world.stage.look_at_all(&world.chain);
        let noticed = checks::Noticed { call: &call, outcome: &wild, before: &before, ids: &ids };
        checks::after(tally, &mut world.stage, &world.chain, &noticed)?;
        Ok(step)
    }
}

fn claim(
    stage: &Stage,
    caller: Address,
    id: U256,
    rewards: bool,
    receiver: Address,
) -> StakingCall {
    let data = if rewards {
        Money::claimRewardsCall { ids: vec![id], receiver }.abi_encode()
    } else {
        let numbers = stage.seen.sequencer(id).map(|sequencer| {
            sequencer.buckets.iter().map(|bucket| U256::from(bucket.number)).collect()
        });
        let buckets = numbers.unwrap_or_default();
        Money::claimUnlockedCall { id, buckets, receiver }.abi_encode()
    };
    StakingCall { to: Part::Staking, caller, value: U256::ZERO, data, signed: None }
}

/// How the re-entering call ended.
fn outcome(chain: &Chain, reenterer: Address) -> Result<Prediction, String> {
    let strike = chain
        .try_view(reenterer, outcomeCall { index: U256::ZERO })
        .map_err(|(failure, _)| format!("{failure:?}"))?;
    Ok(if strike.ok { Ok(strike.ret.to_vec()) } else { Err(strike.ret.to_vec()) })
}

/// Storage and METIS of a program.
fn state(stage: &Stage, chain: &Chain, part: Part) -> (Vec<(U256, U256)>, U256) {
    let address = stage.crew.program(part);
    (chain.with_state(|state| state.storage_of(address)), chain.balance(address))
}
