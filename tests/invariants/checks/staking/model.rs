//! MODEL: answers, logs and views of staking are the model's.

use alloy_primitives::{Address, Bytes, Log, U256};
use alloy_sol_types::{SolCall, SolValue};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};

use super::super::super::action::staking::Party;
use super::super::super::encode::staking::StakingCall;
use super::super::super::model::Prediction;
use super::super::super::model::largest;
use super::super::super::model::staking::{Bench, Message, Money, Names, Part, Rule, Surroundings};
use super::super::super::spec::MODEL;
use super::super::super::world::staking::Stage;
use super::super::Outcome;

/// The answer and the logs.
pub fn answer(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    (call, outcome): (&StakingCall, &Outcome),
    predicted: &Prediction,
) -> Result<(), Violation> {
    let same = match (outcome, predicted) {
        (Ok(receipt), Ok(expected)) if call.is::<Money::liveCall>(Part::Staking) => {
            // In no order.
            sorted(&receipt.output) == sorted(expected)
        }
        (Ok(receipt), Ok(expected)) => receipt.output[..] == expected[..],
        (Err(failure), Err(expected)) => failure.data()[..] == expected[..],
        _ => false,
    };
    tally.check(MODEL, same, || {
        let found = match outcome {
            Ok(receipt) => Ok(receipt.output.to_vec()),
            Err(failure) => Err(failure.data().to_vec()),
        };
        format!("expected {}, found {}", show(chain, predicted), show(chain, &found))
    })?;
    let Ok(receipt) = outcome else {
        let same = chain.with_state(|state| state.changes().is_empty());
        return tally.check(MODEL, same, || "a call that failed left something behind".into());
    };
    let own = |log: &&Log| stage.crew.as_part(log.address).is_some();
    let mut ours = receipt.logs.iter().filter(own);
    let expected = &stage.model.logs;
    let same = expected.iter().all(|log| ours.next() == Some(log)) && ours.next().is_none();
    tally.check(MODEL, same, || {
        let names = chain.names();
        let show = |logs: &[Log]| {
            let lines =
                logs.iter().map(|log| format!("{}: {}", names.name(log.address), names.event(log)));
            lines.collect::<Vec<_>>().join(", ")
        };
        format!("expected logs [{}], found [{}]", show(expected), show(&receipt.logs))
    })
}

/// A list of numbers in their order.
pub fn sorted(answer: &[u8]) -> Vec<U256> {
    let mut ids = Vec::<U256>::abi_decode(answer).unwrap_or_default();
    ids.sort_unstable();
    ids
}

fn show(chain: &Chain, answer: &Prediction) -> String {
    match answer {
        Ok(data) => format!("success {}", Bytes::copy_from_slice(data)),
        Err(data) => format!("revert {}", chain.names().error(data)),
    }
}

/// How a view is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// By nobody, unless the answer is known.
    Known,
    /// By whoever called last, in any case.
    Anew,
}

/// What the programs tell of some sequencers, and of the whole.
pub fn views(
    tally: &mut Tally,
    stage: &mut Stage,
    chain: &Chain,
    ids: &[u64],
    (call, ask): (&StakingCall, Ask),
) -> Result<(), Violation> {
    let accounts: Vec<Address> =
        Party::HOLDERS.into_iter().map(|party| stage.crew.address(party)).collect();
    let mut asked: Vec<(Part, Vec<u8>)> = vec![
        (Part::Staking, Money::totalsCall {}.abi_encode()),
        (Part::Staking, Money::liveCall {}.abi_encode()),
        (Part::Staking, Money::poolsCall {}.abi_encode()),
        (Part::Staking, Money::countCall {}.abi_encode()),
        (Part::Staking, Money::parametersCall {}.abi_encode()),
        (Part::Staking, Money::pausedUntilCall {}.abi_encode()),
        (Part::Court, Bench::countCall {}.abi_encode()),
        (Part::Registry, Names::noncesCall { owner: call.caller }.abi_encode()),
        (Part::Quota, Rule::limitsCall {}.abi_encode()),
    ];
    for pool in Party::POOLS.map(|pool| stage.crew.address(pool)) {
        asked.push((Part::Staking, Money::poolOfCall { pool }.abi_encode()));
        asked.push((Part::Court, Bench::lossOfCall { pool }.abi_encode()));
        asked.push((Part::Quota, Rule::poolCapOfCall { pool }.abi_encode()));
        if call.to == Part::Quota || ask == Ask::Anew {
            asked.push((Part::Quota, Rule::churnOfCall { pool }.abi_encode()));
        }
        for id in ids.iter().take(8) {
            let grant = Rule::grantOfCall { pool, id: U256::from(*id) };
            asked.push((Part::Quota, grant.abi_encode()));
        }
    }
    if ask == Ask::Anew {
        plans(stage, call, &mut asked);
    }
    for id in ids {
        about(stage, *id, &accounts, &mut asked);
    }
    let around = Surroundings::default();
    for (to, data) in asked {
        let caller = call.caller;
        let message = Message { to, caller, value: U256::ZERO, data: &data, around: &around };
        let expected = stage.model.call(&message).expect("views are never refused");
        let program = stage.crew.program(to);
        let found = match ask {
            Ask::Known => stage.views.ask(chain, program, data.clone()),
            Ask::Anew => {
                let fresh = chain.clone().send_raw(caller, program, data.clone()).dry_run();
                fresh.map(|receipt| receipt.output)
            }
        };
        let same = match &found {
            Ok(found) if data.starts_with(&Money::liveCall::SELECTOR) => {
                sorted(found) == sorted(&expected)
            }
            Ok(found) => found[..] == expected[..],
            Err(_) => false,
        };
        tally.check(MODEL, same, || {
            let expected = Bytes::from(expected);
            format!("{}: expected {expected}, found {found:?}", chain.names().call(&data))
        })?;
    }
    Ok(())
}

/// Rooms and plans, for a few: 1 METIS after the other takes its time.
fn plans(stage: &Stage, call: &StakingCall, asked: &mut Vec<(Part, Vec<u8>)>) {
    let amount = call.value.max(call.word(1).unwrap_or_default());
    let assets = amount & largest(73);
    asked.push((Part::Quota, Rule::headroomCall { pool: call.caller }.abi_encode()));
    let accounts = [call.caller, stage.crew.address(Party::PoolOne)];
    for pool in accounts {
        let mut ask = |data: Vec<u8>| asked.push((Part::Quota, data));
        ask(Rule::planAllocationCall { pool, assets }.abi_encode());
        ask(Rule::planReleaseCall { pool, assets }.abi_encode());
        ask(Rule::strandedCall { pool, assets }.abi_encode());
        for id in 0..4_u64 {
            ask(Rule::roomCall { pool, id: U256::from(id) }.abi_encode());
        }
    }
}

fn about(stage: &Stage, number: u64, accounts: &[Address], asked: &mut Vec<(Part, Vec<u8>)>) {
    let id = U256::from(number);
    let mut ask = |part: Part, data: Vec<u8>| asked.push((part, data));
    ask(Part::Staking, Money::sequencerCall { id }.abi_encode());
    ask(Part::Staking, Money::ownerOfCall { id }.abi_encode());
    ask(Part::Staking, Money::pendingOwnerOfCall { id }.abi_encode());
    ask(Part::Staking, Money::rewardRecipientOfCall { id }.abi_encode());
    ask(Part::Staking, Money::rewardsCall { id }.abi_encode());
    ask(Part::Staking, Money::holdOfCall { id }.abi_encode());
    ask(Part::Registry, Names::signerOfCall { id }.abi_encode());
    ask(Part::Registry, Names::announcedCall { id }.abi_encode());
    ask(Part::Court, Bench::pendingOfCall { id }.abi_encode());
    ask(Part::Court, Bench::roomOfCall { id }.abi_encode());
    let Some(sequencer) = stage.model.sequencer(id) else { return };
    let group = U256::from(sequencer.group);
    ask(Part::Staking, Money::groupStakeCall { group }.abi_encode());
    ask(Part::Quota, Rule::scoresOfCall { id }.abi_encode());
    ask(Part::Quota, Rule::capOfCall { id }.abi_encode());
    ask(Part::Quota, Rule::groupOfCall { member: group }.abi_encode());
    ask(Part::Quota, Rule::membersOfCall { member: group }.abi_encode());
    for number in sequencer.buckets.keys() {
        let number = U256::from(*number);
        ask(Part::Staking, Money::bucketCall { id, number }.abi_encode());
    }
    for account in accounts.iter().copied() {
        ask(Part::Staking, Money::positionCall { account, id }.abi_encode());
        ask(Part::Staking, Money::earnedCall { account, id }.abi_encode());
    }
    // Delegations and bond of an account are told together.
    let entries = stage.model.entries.keys().filter(|(_, of, ..)| *of == number);
    let mut entries: Vec<_> = entries.map(|(account, _, bucket, _)| (*account, *bucket)).collect();
    entries.dedup();
    for (account, bucket) in entries {
        let number = U256::from(bucket);
        ask(Part::Staking, Money::entryCall { account, id, number }.abi_encode());
    }
}
