//! A call to one of the programs, with every check that concerns any call.

use alloy_primitives::U256;
use emetis::campaign::{Checks, Step, Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};
use emetis::{Chain, Failure};

use super::super::action::{Action, Actor, Program};
use super::super::checks::{self, Observed, Outcome};
use super::super::encode::{Transaction, transaction};
use super::super::model::Message;
use super::super::spec::{
    ACC_1, ACC_2, MODEL, RWD_6, SAF_1, SAF_4, VAU_3, VAU_4, VAU_5, VAU_6, VAU_7,
};
use super::super::world::{Origin, Seen, World};
use super::step;

impl Origin {
    /// An action that is one call, and what belongs to it.
    pub(super) fn act(
        &self,
        world: &mut World,
        action: &Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        if let Action::WalletPermit { confirms, .. } = action {
            world.set_wallet(*confirms);
        }
        let call = transaction(world, action);
        if let Action::Notify { caller: Actor::Allocator, brought: true, .. } = action {
            self.bring(world, call.word(0).unwrap_or_default(), tally)?;
        }
        let settles = call.is::<Vault::settleCall>(Program::Vault);
        let loss = call.word(0).filter(|_| settles);
        let outcome = self.one(world, call, Some(action), tally)?;
        if let (Some(loss), Ok(_)) = (loss, &outcome) {
            // The pool lost METIS with sequencers: what stands behind eMETIS is less as well.
            let loss = loss.min(world.seen.buffer);
            self.write_off(world, loss, false, tally)?;
        }
        Ok(step(&outcome))
    }

    /// The pool's METIS comes in for a reward, and the vault may take the eMETIS.
    fn bring(&self, world: &mut World, assets: U256, tally: &mut Tally) -> Result<(), Violation> {
        let (pool, vault) =
            (world.cast.address(Actor::Allocator), world.cast.address(Actor::Vault));
        let limit = super::super::model::largest(96);
        let rewards =
            Transaction::new(Program::Hub, pool, &Hub::receiveRewardsCall { receiver: pool });
        let _ = self.one(world, rewards.value(assets & limit), None, tally)?;
        let approve = Hub::approveCall { spender: vault, value: U256::MAX };
        // Either may be refused, as the model says; the vault's call tells what came of it.
        let _ = self.one(world, Transaction::new(Program::Hub, pool, &approve), None, tally)?;
        Ok(())
    }

    pub(super) fn one(
        &self,
        world: &mut World,
        call: Transaction,
        action: Option<&Action>,
        tally: &mut Tally,
    ) -> Result<Outcome, Violation> {
        let level = tally.level();
        if level == Checks::None {
            let outcome = checks::send(&mut world.chain, &self.cast, &call);
            world.look();
            return Ok(outcome);
        }
        let earlier = tally.is_due(SAF_4, world.steps).then(|| world.chain.clone());
        if let Some((digest, signature, signer)) = &call.signed {
            world.model.signed.remember(*digest, signature, *signer);
        }
        let Transaction { to, caller, value, ref data, .. } = call;
        let target = self.cast.program(to);
        let allowed = checks::access::is_restricted(call.selector())
            && world.model.roles.lets_in(world.seen.now, caller, target, data).is_ok();
        let predicted = world.model.call(&Message { to, caller, value, data });
        let outcome = checks::send(&mut world.chain, &self.cast, &call);
        let changes = world.changes(data);
        let before = world.look();

        checks::model::answer(tally, world, &outcome, &predicted)?;
        checks::model::writes(tally, world, &changes)?;
        let seen = Observed {
            cast: &self.cast,
            transaction: &call,
            outcome: &outcome,
            before: &before,
            after: &world.seen,
            changes: &changes.known,
        };
        let permitted = predicted.is_ok() && seen.is_permit();
        state(tally, world, &seen, permitted)?;
        checks::access::call(tally, world, &seen, allowed)?;
        if let Some(action) = action {
            checks::permits::permits(tally, &seen, action)?;
        }
        if let Some(earlier) = earlier {
            checks::safety::second_opinion(tally, self, &earlier, &call, &outcome)?;
        }
        if !tally.watches(MODEL) {
            world.resync(&changes.known);
        }
        operations(tally, world, caller)?;
        Ok(outcome)
    }

    /// Time passes.
    pub(super) fn wait(
        &self,
        world: &mut World,
        seconds: u64,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        world.wait(seconds);
        let before = world.look();
        if tally.level() == Checks::None {
            world.stage.look(&world.chain, &[]);
        } else {
            passed(tally, world, &before)?;
            checks::staking::passed(tally, &mut world.stage, &world.chain)?;
        }
        Ok(Step { accepted: true, gas: 0 })
    }

    /// The same call with enough gas, on a fork, and with a part of it.
    pub(super) fn starve(
        &self,
        world: &mut World,
        action: &Action,
        thousandths: u16,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        use emetis::campaign::Subject;
        if !action.is_one_call() {
            return self.step(world, action, tally);
        }
        let Transaction { to, caller, value, data, .. } = transaction(world, action);
        let program = self.cast.program(to);
        let dry_run = |chain: &mut Chain, gas: Option<u64>| {
            let call = chain.send_raw(caller, program, data.clone()).value(value);
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
}

/// What must hold of the state after every call.
fn state(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
    permitted: bool,
) -> Result<(), Violation> {
    checks::solvency::programs(tally, world)?;
    checks::solvency::minted(tally, seen)?;
    checks::vault::ledger(tally, world)?;
    checks::vault::shares(tally, seen)?;
    checks::rate::call(tally, seen)?;
    checks::authority::authorised(tally, world, seen, permitted)?;
    checks::exits::values(tally, world, seen)?;
    checks::stream::call(tally, seen)?;
    checks::pause::call(tally, seen)?;
    checks::safety::speaks(tally, world, seen.outcome)?;
    checks::queue::call(tally, world, seen)?;
    checks::core::hub(tally, seen)?;
    checks::core::vault(tally, seen)
}

/// What must hold over time.
pub(super) fn passed(tally: &mut Tally, world: &World, before: &Seen) -> Result<(), Violation> {
    checks::rate::time(tally, before, &world.seen)?;
    checks::stream::time(tally, before, &world.seen)?;
    checks::vault::ledger(tally, world)
}

/// What is asked and tried on forks, where it is due.
fn operations(
    tally: &mut Tally,
    world: &World,
    caller: alloy_primitives::Address,
) -> Result<(), Violation> {
    let step = world.steps;
    if tally.is_due(MODEL, step) {
        checks::model::books(tally, world)?;
    }
    if tally.is_due(SAF_1, step) {
        checks::exits::can_leave(tally, world, caller)?;
    }
    checks::queue::operations(tally, world, caller)?;
    if tally.is_due(ACC_1, step) {
        checks::access::members(tally, world)?;
    }
    if tally.is_due(ACC_2, step) {
        checks::pause::halts_entries_alone(tally, world)?;
    }
    if tally.is_due(VAU_3, step) {
        checks::rate::probe(tally, world)?;
    }
    if tally.is_due(VAU_4, step) {
        checks::round_trips::no_free_lunch(tally, world)?;
    }
    if tally.is_due(VAU_5, step) {
        checks::previews::keep_their_word(tally, world)?;
    }
    if tally.is_due(VAU_6, step) {
        checks::donation::sandwich(tally, world)?;
    }
    if tally.is_due(VAU_7, step) {
        checks::maxima::are_exact(tally, world)?;
    }
    if tally.is_due(RWD_6, step) {
        checks::stream::told(tally, world)?;
        checks::stream::sandwich(tally, world)?;
    }
    Ok(())
}
