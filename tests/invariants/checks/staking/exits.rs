//! SAF-1: nobody lowers what another has at stake, or keeps it in, whatever role or program
//! misbehaves.

use alloy_primitives::{Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::{Tally, Violation};
use emetis::{Chain, Receipt};

use super::super::super::action::staking::Party;
use super::super::super::model::staking::{Bench, IDLE, METIS, Money, Part, Status};
use super::super::super::spec::SAF_1;
use super::super::super::world::World;
use super::super::super::world::staking::Stage;
use super::Noticed;
use super::chance;

/// Code that reverts without data, that spends all gas, that answers a word of junk.
const HOSTILE: [&[u8]; 3] =
    [&[0x5f, 0x5f, 0xfd], &[0xfe], &[0x60, 0x07, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]];

/// Positions of others are worth no less than before but for a wei, unless a slash is executed.
pub fn values(tally: &mut Tally, stage: &Stage, noticed: &Noticed<'_>) -> Result<(), Violation> {
    if noticed.did::<Bench::executeCall>(Part::Court) {
        return Ok(());
    }
    for (before, after) in noticed.pairs(stage) {
        for holder in Party::HOLDERS {
            let (was, is) = (before.position(holder), after.position(holder));
            let own = stage.crew.address(holder) == noticed.call.caller;
            tally.check(SAF_1, own || is.assets + U256::ONE >= was.assets, || {
                let label = holder.label();
                format!("{label} had {} with {}, and has {}", was.assets, after.id, is.assets)
            })?;
            tally.check(SAF_1, own || is.shares == was.shares, || {
                format!("{} lost shares of {} without having agreed", holder.label(), after.id)
            })?;
        }
    }
    Ok(())
}

/// Whoever has a position can leave with what it is worth, while entries are paused, and authority,
/// quota and distributor are hostile.
pub fn can_leave(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let stage = &world.stage;
    let mut chance = chance::of(world, 1);
    let kind = chance.below(HOSTILE.len() as u64 + 1) as usize;
    let mut fork = world.chain.clone();
    if chance.below(2) == 0 {
        let guardian = stage.crew.account(Party::Guardian);
        let pause = Money::pauseCall { duration: 604_800 };
        // It may be too early for one.
        let _ = fork.send(guardian, stage.crew.program(Part::Staking), pause).run();
    }
    if let Some(code) = HOSTILE.get(kind) {
        let quotas = [stage.crew.program(Part::Quota), stage.crew.agreeable, stage.crew.burning];
        let others = [stage.crew.manager, stage.crew.address(Party::Fund)];
        for program in others.into_iter().chain(quotas) {
            fork.set_code(program, Bytes::copy_from_slice(code));
        }
    }
    let elsewhere = alloy_primitives::Address::repeat_byte(0x77);
    for sequencer in stage.seen.all().take(3) {
        let id = U256::from(sequencer.id);
        let owner = sequencer.owner;
        let mut operators = fork.clone();
        if sequencer.operator > U256::ONE {
            let claim = Money::claimCommissionCall { id, receiver: elsewhere };
            leaves(tally, &mut operators, stage, owner, claim, "claim commission")?;
        }
        let free_from = sequencer.jailed_until.max(operators.time());
        if sequencer.is(Status::Jailed) && !sequencer.is_held() {
            operators.warp_to(free_from);
            keep_alive(&mut operators, stage);
            let bond = stage.seen.rules.needed(sequencer.stake());
            if sequencer.bond >= bond {
                leaves(tally, &mut operators, stage, owner, Money::unjailCall { id }, "unjail")?;
            }
        }
        if !(sequencer.is(Status::Exiting) || sequencer.is(Status::Exited)) {
            let mut ejects = fork.clone();
            leaves(tally, &mut operators, stage, owner, Money::exitCall { id }, "exit")?;
            // Parameters may have changed since it was looked at.
            let status = stage.view(&world.chain, Part::Staking, Money::statusCall { id }) as u8;
            if sequencer.inactive_since != 0 && status != Status::Active as u8 {
                let due = sequencer.inactive_since + IDLE;
                ejects.warp_to(due.max(ejects.time()));
                keep_alive(&mut ejects, stage);
                leaves(tally, &mut ejects, stage, elsewhere, Money::ejectCall { id }, "eject")?;
            }
        }
        if !sequencer.bond.is_zero() {
            let unlock = Money::requestBondUnlockCall { id, assets: U256::ONE };
            leaves(tally, &mut fork, stage, owner, unlock, "unlock bond")?;
        }
        for holder in [Party::Alice, Party::Bob, Party::PoolOne] {
            let account = stage.crew.address(holder);
            let position = sequencer.position(holder);
            if position.shares.is_zero() {
                continue;
            }
            let undelegate = Money::undelegateCall { id, shares: position.shares };
            let told = leaves(tally, &mut fork, stage, account, undelegate, "undelegate")?;
            let Some(told) = told else { continue };
            tally.check(SAF_1, told.output.assets + U256::ONE >= position.assets, || {
                format!(
                    "{} left with {} of {}",
                    holder.label(),
                    told.output.assets,
                    position.assets
                )
            })?;
            if position.earned > U256::ONE {
                let claim = Money::claimRewardsCall { ids: vec![id], receiver: elsewhere };
                leaves(tally, &mut fork, stage, account, claim, "claim rewards")?;
            }
            if sequencer.is_held() || position.assets < METIS {
                continue;
            }
            let mut later = fork.clone();
            let matures = later
                .try_view(
                    stage.crew.program(Part::Staking),
                    Money::bucketCall { id, number: told.output.bucket },
                )
                .map_or(U256::ZERO, |bucket| bucket.matures);
            later.warp_to(matures.saturating_to::<u64>().max(later.time()));
            keep_alive(&mut later, stage);
            let buckets = vec![told.output.bucket];
            let claim = Money::claimUnlockedCall { id, buckets, receiver: elsewhere };
            leaves(tally, &mut later, stage, account, claim, "claim unlocked")?;
        }
    }
    Ok(())
}

/// Somebody activates again what has expired meanwhile, the quota apart: it has no part in leaving.
fn keep_alive(fork: &mut Chain, stage: &Stage) {
    for part in [Part::Staking, Part::Registry, Part::Court] {
        let mallory = stage.crew.account(Party::Mallory);
        super::super::super::world::keep_alive(fork, mallory, stage.crew.program(part));
    }
}

/// Makes a call that lets somebody out, and checks that it does.
fn leaves<C: SolCall>(
    tally: &mut Tally,
    fork: &mut Chain,
    stage: &Stage,
    who: alloy_primitives::Address,
    call: C,
    what: &str,
) -> Result<Option<Receipt<C::Return>>, Violation> {
    let outcome = fork.send(who, stage.crew.program(Part::Staking), call).run();
    tally.check(SAF_1, outcome.is_ok(), || {
        let data = outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
        let error = fork.names().error(&data);
        format!("{} cannot {what}: {error}", stage.crew.name(who))
    })?;
    Ok(outcome.ok())
}
