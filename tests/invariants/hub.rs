//! The campaign on the hub: how an action is done and which checks follow it.

use alloy_primitives::{Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::{Property, Step, Subject, Tally, Violation};
use emetis::interfaces::ILiquidStaking as Hub;
use emetis::{Failure, days};
use num_bigint::BigUint;
use proptest::strategy::BoxedStrategy;

use super::action::{Action, Actor, Amount};
use super::checks::{self, Observed, Outcome};
use super::encode::{Transaction, calldata, transaction};
use super::model::Message;
use super::spec::{MODEL, PROPERTIES, SAF_1, SAF_2, SAF_4, SAF_5};
use super::world::{Origin, World, armCall, outcomeCall};
use super::{draw, model};

impl Subject for Origin {
    type Action = Action;
    type World = World;

    fn properties(&self) -> &'static [Property] {
        PROPERTIES
    }

    fn begin(&self) -> World {
        self.world()
    }

    fn actions(&self) -> BoxedStrategy<Action> {
        draw::action()
    }

    fn name(&self, action: &Action) -> &'static str {
        action.name()
    }

    fn always_rejected(&self, name: &str) -> bool {
        matches!(name, "(plain transfer)" | "constructor" | "permit, flawed")
    }

    fn step(
        &self,
        world: &mut World,
        action: &Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        world.steps += 1;
        let step = match action {
            Action::Wait { seconds } => {
                world.wait(*seconds);
                Ok(Step { accepted: true, gas: 0 })
            }
            Action::Expire => self.expire(world, tally),
            Action::Donate { target, assets } => {
                let giver = world.cast.address(Actor::Mallory);
                let assets = world.amount(*assets, giver, giver) & ((U256::ONE << 96) - U256::ONE);
                self.donate(world, *target, assets, tally)
            }
            Action::WriteOff { assets, back } => self.write_off(world, *assets, *back, tally),
            Action::Starve { action, thousandths } => {
                self.starve(world, action, *thousandths, tally)
            }
            Action::Reenter { entry, words } => self.reenter(world, *entry, words, tally),
            _ => self.call(world, action, tally),
        };
        if !tally.watches(MODEL) {
            world.resync();
        }
        step
    }

    fn simpler(&self, action: &Action) -> Vec<Action> {
        action.simpler()
    }

    fn tell(&self, world: &World, action: &Action) -> String {
        match action {
            Action::Wait { .. }
            | Action::Expire
            | Action::Donate { .. }
            | Action::WriteOff { .. }
            | Action::Starve { .. }
            | Action::Reenter { .. } => format!("{action:?}"),
            call => {
                let Transaction { caller, value, data } = transaction(world, call);
                let names = world.chain.names();
                let value = if value.is_zero() { String::new() } else { format!(" value {value}") };
                format!("{}: {}{value}", names.name(caller), names.call(&data))
            }
        }
    }
}

impl Origin {
    /// One call to the hub, with every check that concerns any call.
    fn call(
        &self,
        world: &mut World,
        action: &Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        if let Action::WalletPermit { confirms, .. } = action {
            world.set_wallet(*confirms);
        }
        let transaction = transaction(world, action);
        let earlier = tally.is_due(SAF_4, world.steps).then(|| world.chain.clone());

        let message = Message {
            caller: transaction.caller,
            value: transaction.value,
            data: &transaction.data,
            reentry: false,
        };
        let predicted = world.model.call(&message);
        let outcome = checks::send(&mut world.chain, self.cast.hub, &transaction);
        let after = self.cast.read(&world.chain);
        let before = std::mem::replace(&mut world.seen, after);

        let after = &world.seen;
        let seen = Observed {
            cast: &self.cast,
            transaction: &transaction,
            outcome: &outcome,
            before: &before,
            after,
        };
        checks::model(tally, &seen, &predicted, &world.model)?;
        checks::solvent(tally, after, &world.model)?;
        checks::minted(tally, &seen, self.strangers(world))?;
        let permitted = predicted.is_ok() && checks::is_permit(&transaction.data);
        checks::authorised(tally, &seen, permitted)?;
        checks::permits(tally, &seen, action)?;
        checks::speaks(tally, &world.chain, &outcome)?;
        checks::core(tally, &seen)?;
        if let Some(earlier) = earlier {
            checks::second_opinion(tally, self, &earlier, &transaction, &outcome)?;
        }
        if tally.is_due(SAF_1, world.steps) {
            checks::can_leave(tally, world, transaction.caller)?;
        }
        Ok(step(&outcome))
    }

    /// eMETIS of accounts that are not actors.
    fn strangers(&self, world: &World) -> U256 {
        let others = world.model.balances.keys().filter(|who| self.cast.actor(**who).is_none());
        others.fold(U256::ZERO, |sum, account| {
            let key = (*account, U256::ONE);
            let slot = alloy_primitives::keccak256(alloy_sol_types::SolValue::abi_encode(&key));
            sum.wrapping_add(world.chain.storage(self.cast.hub, slot.into()))
        })
    }

    fn donate(
        &self,
        world: &mut World,
        target: Actor,
        assets: U256,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let to = self.cast.address(target).into_word();
        let code = [&self.cast.donor[..], to.as_slice()].concat();
        let receipt =
            world.chain.create(self.cast.account(Actor::Mallory), code).value(assets).ok();
        if target == Actor::Hub {
            world.model.donations += BigUint::from_bytes_be(&assets.to_be_bytes::<32>());
        }
        world.seen = self.cast.read(&world.chain);
        checks::books(tally, &self.cast, &world.seen, &world.model)?;
        checks::solvent(tally, &world.seen, &world.model)?;
        Ok(Step { accepted: true, gas: receipt.gas_used })
    }

    /// Surgery: part of the buffer becomes nobody's METIS, or part of that becomes buffer again.
    fn write_off(
        &self,
        world: &mut World,
        assets: Amount,
        back: bool,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let wanted = world.amount(assets, self.cast.hub, self.cast.hub);
        let wanted = BigUint::from_bytes_be(&wanted.to_be_bytes::<32>());
        let model = &mut world.model;
        if back {
            // Never beyond supply: the buffer was that high before.
            let room = &model.supply - model.buffer.clone().min(model.supply.clone());
            let assets = wanted.min(model.donations.clone()).min(room);
            model.donations -= &assets;
            model.buffer += &assets;
        } else {
            let assets = wanted.min(model.buffer.clone());
            model.buffer -= &assets;
            model.donations += &assets;
        }
        let buffer = model::word(&model.buffer);
        let field: U256 = model::word(&model::width_limit()) << 84;
        let others = world.seen.totals & !field;
        world.chain.set_storage(self.cast.hub, U256::ZERO, others | buffer << 84);
        world.seen = self.cast.read(&world.chain);
        checks::books(tally, &self.cast, &world.seen, &world.model)?;
        checks::solvent(tally, &world.seen, &world.model)?;
        Ok(Step { accepted: true, gas: 0 })
    }

    /// The same call with enough gas, on a fork, and with a part of it.
    fn starve(
        &self,
        world: &mut World,
        action: &Action,
        thousandths: u16,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        if matches!(
            action,
            Action::Wait { .. }
                | Action::Expire
                | Action::Donate { .. }
                | Action::WriteOff { .. }
                | Action::Starve { .. }
                | Action::Reenter { .. }
        ) {
            return self.step(world, action, tally);
        }
        let transaction = transaction(world, action);
        let Transaction { caller, value, data } = &transaction;
        let hub = self.cast.hub;
        let full = world.chain.send_raw(*caller, hub, data.clone()).value(*value).dry_run();
        let used = full.as_ref().map_or_else(Failure::gas_used, |receipt| receipt.gas_used);
        let gas = used * u64::from(thousandths) / 1_000;
        let starved =
            world.chain.send_raw(*caller, hub, data.clone()).value(*value).gas(gas).dry_run();
        checks::starves(tally, &full, &starved, gas)?;
        Ok(step(&starved))
    }

    /// A sweep to a contract that calls the hub back leaves what a sweep to a quiet one leaves.
    fn reenter(
        &self,
        world: &mut World,
        entry: u8,
        words: &[U256; 7],
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        const DONATION: u64 = 5;
        self.donate(world, Actor::Hub, U256::from(DONATION), tally)?;
        let reenterer = self.cast.account(Actor::Reenterer);
        let treasury = emetis::Account::at(world.model.treasury);
        let sweep = Hub::sweepCall { receiver: reenterer.address };
        let payload = calldata(world, entry, words);

        let mut quiet = world.chain.clone();
        let calm = quiet.send(treasury, self.cast.hub, sweep.clone()).run();
        let arm = armCall {
            target: self.cast.hub,
            value: U256::ZERO,
            payload: payload.clone().into(),
            times: U256::ONE,
            insists: false,
        };
        world.chain.send(self.cast.account(Actor::Mallory), reenterer, arm).ok();
        let wild = world.chain.send(treasury, self.cast.hub, sweep.clone()).run();
        let gas = wild.as_ref().map_or_else(Failure::gas_used, |receipt| receipt.gas_used);

        let hub = self.cast.hub;
        let storage = |chain: &emetis::Chain| chain.with_state(|state| state.storage_of(hub));
        let same = storage(&quiet) == storage(&world.chain)
            && quiet.balance(hub) == world.chain.balance(hub)
            && calm.is_ok() == wild.is_ok();
        tally.check(SAF_2, same, || {
            format!("calling {} back changed the hub", world.chain.names().call(&payload))
        })?;
        let during =
            Message { caller: reenterer.address, value: U256::ZERO, data: &payload, reentry: true };
        if wild.is_ok() {
            let mut out = world.model.clone();
            // While the hub is out, the donation has left and its books are already final.
            out.donations = BigUint::default();
            let expected = out.call(&during);
            let strike = world
                .chain
                .try_view(reenterer.address, outcomeCall { index: U256::ZERO })
                .map_err(|(failure, _)| format!("{failure:?}"));
            let agrees = strike.as_ref().is_ok_and(|strike| {
                let found: model::Prediction =
                    if strike.ok { Ok(strike.ret.to_vec()) } else { Err(strike.ret.to_vec()) };
                found == expected
            });
            tally.check(SAF_2, agrees, || {
                format!("a re-entering call expected {expected:?}, found {strike:?}")
            })?;
        }
        let data = sweep.abi_encode();
        let message =
            Message { caller: treasury.address, value: U256::ZERO, data: &data, reentry: false };
        let predicted = world.model.call(&message);
        world.seen = self.cast.read(&world.chain);
        tally.check(MODEL, predicted.is_ok() == wild.is_ok(), || {
            format!("the sweep: expected {predicted:?}, found {wild:?}")
        })?;
        checks::books(tally, &self.cast, &world.seen, &world.model)?;
        checks::solvent(tally, &world.seen, &world.model)?;
        Ok(Step { accepted: wild.is_ok(), gas })
    }

    /// A year passes, the program cannot be called, and is activated again.
    fn expire(&self, world: &mut World, tally: &mut Tally) -> Result<Step, Violation> {
        const LONGER_THAN_A_LIFETIME: u64 = days(366);
        let hub = self.cast.hub;
        let before = world.chain.with_state(|state| state.storage_of(hub));
        world.chain.advance(LONGER_THAN_A_LIFETIME);
        let call = Hub::totalSupplyCall {}.abi_encode();
        let dead: Outcome =
            world.chain.send_raw(self.cast.account(Actor::Bob), hub, Bytes::from(call)).run();
        tally.check(SAF_5, matches!(dead, Err(Failure::Trap { .. })), || {
            format!("an expired program answered {dead:?}")
        })?;
        world.wait(0);
        let after = world.chain.with_state(|state| state.storage_of(hub));
        tally.check(SAF_5, before == after, || "the storage changed".into())?;
        let views = checks::views_agree(world);
        tally.check(SAF_5, views.is_ok(), || format!("{views:?}"))?;
        Ok(Step { accepted: true, gas: 0 })
    }
}

fn step(outcome: &Outcome) -> Step {
    match outcome {
        Ok(receipt) => Step { accepted: true, gas: receipt.gas_used },
        Err(failure) => Step { accepted: false, gas: failure.gas_used() },
    }
}
