//! Actions on staking: how one is done and which checks follow it.

use alloy_primitives::{B256, U256};
use alloy_sol_types::SolError;
use emetis::campaign::{Checks, Step, Tally, Violation};
use emetis::interfaces::IAccessManager as Manager;
use emetis::{Chain, Failure};

use super::super::action::staking::{Party, ProofFlaw, QuotaAction, StakingAction, Sum};
use super::super::checks::Outcome;
use super::super::checks::staking::model::Ask;
use super::super::checks::staking::{self as checks, Noticed};
use super::super::encode::staking::{StakingCall, staking_call, sum};
use super::super::model::largest;
use super::super::model::roles::{Permission as Allowed, Roles};
use super::super::model::staking::{Message, Money, Part, Permission, Surroundings};
use super::super::spec::{MODEL, SAF_4};
use super::super::world::staking::Stage;
use super::super::world::{Origin, World};
use super::step;

mod around;
mod quota;
mod reenter;
mod sequences;

/// A sequencer that was registered to fill the list, counted from the first.
const IN_THE_CROWD: u8 = 40;
/// How long calls of ADMIN wait, in seconds.
const ADMIN_DELAY: u64 = 172_800;

impl Origin {
    pub(super) fn staking(
        &self,
        world: &mut World,
        action: &StakingAction,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        use StakingAction as A;
        match action {
            A::Until { id, moment, beside } => {
                let id = world.stage.id(*id);
                let Some(time) = world.stage.moment(&world.chain, id, *moment) else {
                    return Ok(Step { accepted: false, gas: 0 });
                };
                let time = time.saturating_add_signed(i64::from(*beside));
                let now = world.chain.time();
                if time <= now {
                    return Ok(Step { accepted: false, gas: 0 });
                }
                self.wait(world, time - now, tally)
            }
            A::Donate { target, assets } => {
                let caller = world.stage.crew.address(Party::Mallory);
                let assets = sum(&world.stage, &world.chain, *assets, caller, U256::ONE);
                let assets = assets & largest(90);
                self.donate_to_staking(world, *target, assets, tally)
            }
            A::Deafen { pool, deaf } => Ok(self.deafen(world, *pool, *deaf)),
            A::Quota(action) => self.quota(world, action, tally),
            A::Crowd { caller } => self.crowd(world, *caller, tally),
            A::Starve { action, thousandths } => {
                self.starve_staking(world, action, *thousandths, tally)
            }
            A::Reenter { caller, id, rewards, target, entry, words } => {
                let strike = reenter::Strike { target: *target, entry: *entry, words };
                self.reenter_staking(world, *caller, *id, *rewards, &strike, tally)
            }
            A::Through { .. }
            | A::Out { .. }
            | A::Under { .. }
            | A::Raise { .. }
            | A::Succeed { .. }
            | A::Guest { .. }
            | A::Barren { .. } => self.sequence(world, action, tally),
            A::Set { announced: true, .. } | A::Persuade { .. } => {
                let call = staking_call(&world.stage, &world.chain, action);
                self.announce(world, &call, tally)?;
                self.one_of_staking(world, call, tally)
            }
            A::Pool { pool, joins: false, .. } => {
                // Else there would hardly ever be one to remove.
                let joins = A::Pool { caller: Party::Council, pool: *pool, joins: true };
                let call = staking_call(&world.stage, &world.chain, &joins);
                self.one_of_staking(world, call, tally)?;
                let call = staking_call(&world.stage, &world.chain, action);
                self.one_of_staking(world, call, tally)
            }
            _ => {
                let call = staking_call(&world.stage, &world.chain, action);
                self.one_of_staking(world, call, tally)
            }
        }
    }

    /// The caller schedules a call at the authority, and the delay passes.
    fn announce(
        &self,
        world: &mut World,
        call: &StakingCall,
        tally: &mut Tally,
    ) -> Result<(), Violation> {
        let target = world.stage.crew.program(call.to);
        let data = call.data.clone().into();
        let schedule = Manager::scheduleCall { target, data, when: Default::default() };
        let (manager, now) = (world.stage.crew.manager, world.chain.time());
        if world.chain.send(call.caller, manager, schedule).run().is_ok() {
            world.model.roles.announce(now, call.caller, target, &call.data);
            self.wait(world, ADMIN_DELAY, tally)?;
        }
        Ok(())
    }

    /// One call, with every check that concerns any call.
    pub(super) fn one_of_staking(
        &self,
        world: &mut World,
        call: StakingCall,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let stage = &mut world.stage;
        stage.now(world.chain.time());
        let (around, announced) = surroundings(stage, &world.model.roles, &call);
        if tally.level() == Checks::None {
            let outcome = send(&mut world.chain, stage, &call);
            let ids = stage.touched(&call, &outcome);
            stage.look(&world.chain, &ids);
            return Ok(step(&outcome));
        }
        if let Some((digest, signature, signer)) = &call.signed {
            stage.model.signed.remember(*digest, signature, *signer);
        }
        let earlier = tally.is_due(SAF_4, world.steps).then(|| world.chain.clone());
        let watched = tally.watches(MODEL);
        let predicted = watched.then(|| {
            let StakingCall { to, caller, value, ref data, .. } = call;
            stage.model.call(&Message { to, caller, value, data, around: &around })
        });
        let outcome = send(&mut world.chain, stage, &call);
        let ids = stage.touched(&call, &outcome);
        let before = stage.look(&world.chain, &ids);
        if let Some(predicted) = &predicted {
            checks::model::answer(tally, stage, &world.chain, (&call, &outcome), predicted)?;
            // What is refused changes nothing on either side; the look at all finds it if it does.
            if outcome.is_ok() {
                checks::model::views(tally, stage, &world.chain, &ids, (&call, Ask::Known))?;
            }
            if tally.is_due(MODEL, world.steps) {
                let all: Vec<u64> = (1..=stage.seen.sequencers.len() as u64).collect();
                checks::model::views(tally, stage, &world.chain, &all, (&call, Ask::Anew))?;
            }
        }
        let noticed = Noticed { call: &call, outcome: &outcome, before: &before, ids: &ids };
        checks::let_in(tally, &world.stage, &noticed, &around.permission)?;
        if let Some(id) = announced.filter(|_| outcome.is_ok()) {
            world.model.roles.end(id);
        }
        checks::after(tally, &mut world.stage, &world.chain, &noticed)?;
        if let Some(earlier) = earlier {
            checks::safety::second_opinion(tally, self, &world.stage, &earlier, &noticed)?;
        }
        checks::on_forks(tally, world)?;
        Ok(step(&outcome))
    }

    /// The same call with enough gas, on a fork, and with a part of it.
    fn starve_staking(
        &self,
        world: &mut World,
        action: &StakingAction,
        thousandths: u16,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let call = staking_call(&world.stage, &world.chain, action);
        let program = world.stage.crew.program(call.to);
        let dry_run = |chain: &mut Chain, gas: Option<u64>| {
            let call = chain.send_raw(call.caller, program, call.data.clone()).value(call.value);
            if let Some(gas) = gas { call.gas(gas).dry_run() } else { call.dry_run() }
        };
        let full = dry_run(&mut world.chain, None);
        let used = full.as_ref().map_or_else(Failure::gas_used, |receipt| receipt.gas_used);
        let gas = used * u64::from(thousandths) / 1_000;
        let starved = dry_run(&mut world.chain, Some(gas));
        if tally.level() != Checks::None {
            checks::safety::starves(tally, &full, &starved, gas)?;
        }
        Ok(step(&starved))
    }

    /// Sequencers are registered until there are as many live ones as there can be.
    fn crowd(
        &self,
        world: &mut World,
        caller: Party,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let mut last = Step { accepted: false, gas: 0 };
        // Signers of their own, so that nothing is taken.
        for signer in 100..=u8::MAX {
            if world.stage.seen.live.len() >= super::super::model::staking::LIVE_LIMIT {
                break;
            }
            let register = StakingAction::Register {
                caller,
                signer,
                bond: Sum::MinBond(0),
                recipient: caller,
                commission: 0,
                flaw: ProofFlaw::None,
                displaced: None,
            };
            let call = staking_call(&world.stage, &world.chain, &register);
            last = self.one_of_staking(world, call, tally)?;
            if !last.accepted {
                return Ok(last);
            }
        }
        // After a while one of them must make room.
        self.wait(world, super::super::model::staking::IDLE, tally)?;
        let in_place = StakingAction::Register {
            caller: Party::Omar,
            signer: 98,
            bond: Sum::MinBond(1),
            recipient: Party::Omar,
            commission: 0,
            flaw: ProofFlaw::None,
            displaced: Some(IN_THE_CROWD),
        };
        let call = staking_call(&world.stage, &world.chain, &in_place);
        self.one_of_staking(world, call, tally)?;
        Ok(last)
    }
}

/// Sends a call to its program.
pub(super) fn send(chain: &mut Chain, stage: &Stage, call: &StakingCall) -> Outcome {
    let StakingCall { to, caller, value, data, .. } = call;
    chain.send_raw(*caller, stage.crew.program(*to), data.clone()).value(*value).run()
}

/// What the other programs will answer, by the roles as they must be; and the announced call that this
/// one uses up.
fn surroundings(stage: &Stage, roles: &Roles, call: &StakingCall) -> (Surroundings, Option<B256>) {
    // An ejection asks, and goes on without it when it is time.
    let asks = call.is_restricted() || call.is::<Money::ejectCall>(Part::Staking);
    let told = asks.then(|| permission(stage, roles, call));
    let (permission, announced) = told.unwrap_or((Permission::Refused, None));
    (Surroundings { permission, fund_takes: true }, announced)
}

/// What the authority lets a caller do.
fn permission(stage: &Stage, roles: &Roles, call: &StakingCall) -> (Permission, Option<B256>) {
    let (target, now) = (stage.crew.program(call.to), stage.model.now);
    let StakingCall { caller, ref data, .. } = *call;
    match roles.permission(now, caller, target, call.selector()) {
        Allowed::Never => return (Permission::Refused, None),
        Allowed::Immediate => return (Permission::Granted, None),
        Allowed::After(_) => {}
    }
    // The call is handed on with three words before it, padded to words.
    let size = U256::from(4 + 3 * 32 + data.len().next_multiple_of(32));
    let limit = U256::from(8_192);
    if size > limit {
        let error = Manager::CalldataTooLong { size, limit }.abi_encode();
        return (Permission::Failing(error), None);
    }
    match roles.lets_in(now, caller, target, data) {
        Ok(announced) => (Permission::Granted, announced),
        Err(error) => (Permission::Failing(error), None),
    }
}

impl Stage {
    /// The sequencers that a call may change: those it names, and those that proposals it names are
    /// about. None if it failed.
    pub(super) fn touched(&self, call: &StakingCall, outcome: &Outcome) -> Vec<u64> {
        if outcome.is_err() {
            return Vec::new();
        }
        let count = self.seen.sequencers.len() as u64 + 1;
        let words = call.data.get(4..).unwrap_or_default().chunks_exact(32);
        let mut ids: Vec<u64> = words
            .map(U256::from_be_slice)
            .filter_map(|word| u64::try_from(word).ok())
            .filter(|id| *id != 0 && *id <= count)
            .collect();
        if call.to == Part::Court {
            let proposals = &self.story.proposals;
            let named = call.word(0).and_then(|word| usize::try_from(word).ok());
            let place = named.and_then(|number| number.checked_sub(1));
            ids.extend(place.and_then(|place| proposals.get(place)).map(|found| found.id));
        }
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| *id <= self.seen.sequencers.len() as u64);
        ids
    }
}

/// One line of a story.
pub(super) fn tell(world: &World, action: &StakingAction) -> String {
    if !action.is_one_call() {
        return format!("{action:?}");
    }
    let call = staking_call(&world.stage, &world.chain, action);
    let names = world.chain.names();
    let value = if call.value.is_zero() { String::new() } else { format!(" value {}", call.value) };
    let to = names.name(world.stage.crew.program(call.to));
    let caller = world.stage.crew.name(call.caller);
    let first = match action {
        StakingAction::Set { announced: true, .. }
        | StakingAction::Persuade { .. }
        | StakingAction::Quota(QuotaAction::SetLimits { announced: true, .. }) => {
            " (announced, two days before)"
        }
        StakingAction::Pool { joins: false, .. } => " (registered by the council before)",
        _ => "",
    };
    format!("{caller} to {to}: {}{value}{first}", names.call(&call.data))
}
