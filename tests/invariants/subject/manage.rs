//! Calls of the access manager, and what becomes of operations that were announced.

use alloy_primitives::Address;
use alloy_sol_types::SolCall;
use emetis::campaign::{Checks, Step, Tally, Violation};
use emetis::interfaces::ILiquidStaking as Hub;

use super::super::action::{Actor, Fate, Later, Order, Program, Restricted, When};
use super::super::checks;
use super::super::encode::Transaction;
use super::super::model::{self, Target, WEEK};
use super::super::spec::MODEL;
use super::super::world::{Origin, World};
use super::step;

impl Origin {
    /// A call of the access manager.
    pub(super) fn manage(
        &self,
        world: &mut World,
        caller: Actor,
        order: Order,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let caller = self.cast.address(caller);
        match order {
            Order::Now(later) => match self.resolve(later) {
                Target::Manager(order) => self.order(world, caller, *order, tally),
                call => self.order(world, caller, model::Order::Execute { call }, tally),
            },
            Order::Schedule { call, after } => {
                let when = if after == 0 { 0 } else { world.seen.now + u64::from(after) };
                let call = self.resolve(call);
                self.order(world, caller, model::Order::Schedule { call, when }, tally)
            }
            Order::Suspend { role, account, seconds } => {
                let (account, duration) = (self.cast.address(account), seconds);
                self.order(world, caller, model::Order::Suspend { role, account, duration }, tally)
            }
            Order::EndSuspension { role, account } => {
                let account = self.cast.address(account);
                self.order(world, caller, model::Order::EndSuspension { role, account }, tally)
            }
        }
    }

    /// An operation is used or taken back, now or later.
    pub(super) fn operate(
        &self,
        world: &mut World,
        nth: u8,
        (fate, when): (Fate, When),
        caller: Option<Actor>,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let announced = &world.model.roles.announced;
        let waiting = announced.iter().rev().filter(|operation| operation.time > 0);
        let chosen = if nth.is_multiple_of(2) {
            waiting.clone().nth(usize::from(nth / 2)).or_else(|| waiting.clone().next())
        } else {
            announced.iter().rev().nth(usize::from(nth))
        };
        let Some(operation) = chosen.cloned() else {
            let call = Later::Sweep { of: Program::Hub, receiver: Actor::Alice };
            return self.manage(world, Actor::Council, Order::Schedule { call, after: 0 }, tally);
        };
        let then = match when {
            When::Now => world.seen.now,
            When::Due(offset) => operation.time.saturating_add_signed(offset.into()),
            When::Expired(offset) => (operation.time + WEEK).saturating_add_signed(offset.into()),
        };
        if then > world.seen.now && operation.time > 0 {
            self.wait(world, then - world.seen.now, tally)?;
        }
        let (proposer, call) = (operation.proposer, operation.target);
        let caller = caller.map_or(proposer, |actor| self.cast.address(actor));
        match (fate, call) {
            (Fate::Executed, call) => {
                self.order(world, caller, model::Order::Execute { call }, tally)
            }
            (Fate::Cancelled, call) => {
                self.order(world, caller, model::Order::Cancel { proposer, call }, tally)
            }
            (Fate::Made, Target::Manager(order)) => self.order(world, caller, *order, tally),
            (Fate::Made, Target::Program(to, data)) => {
                let outcome = self.one(world, Transaction::raw(to, caller, data), None, tally)?;
                Ok(step(&outcome))
            }
        }
    }

    /// Makes a call of the manager and holds what comes of it against the model.
    fn order(
        &self,
        world: &mut World,
        caller: Address,
        order: model::Order,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let data = world.model.order_data(&order);
        let call = world.chain.send_raw(caller, self.cast.manager, data.clone());
        if tally.level() == Checks::None {
            let outcome = call.run();
            world.look();
            return Ok(step(&outcome));
        }
        let outcome = call.run();
        let predicted = world.model.order(caller, &order);
        let changes = world.changes(&data);
        let before = world.look();
        checks::access::order(tally, world, &order, &outcome, &predicted)?;
        checks::access::touched(tally, world, &order)?;
        checks::model::writes(tally, world, &changes)?;
        checks::model::logs(tally, world, &outcome)?;
        checks::pause::begun(tally, &before, &world.seen, true)?;
        checks::solvency::programs(tally, world)?;
        checks::vault::ledger(tally, world)?;
        if !tally.watches(MODEL) {
            world.resync(&changes.known);
        }
        Ok(step(&outcome))
    }

    /// A call with addresses and calldata.
    fn resolve(&self, later: Later) -> Target {
        let at = |actor: Actor| self.cast.address(actor);
        let own = |order| Target::Manager(Box::new(order));
        match later {
            Later::Sweep { of, receiver } => {
                Target::Program(of, Hub::sweepCall { receiver: at(receiver) }.abi_encode())
            }
            Later::Pause { of, seconds } => {
                Target::Program(of, Hub::pauseCall { duration: seconds }.abi_encode())
            }
            Later::Unpause { of } => Target::Program(of, Hub::unpauseCall {}.abi_encode()),
            Later::Grant { role, account, delay } => {
                own(model::Order::Grant { role, account: at(account), delay })
            }
            Later::Revoke { role, account } => {
                own(model::Order::Revoke { role, account: at(account) })
            }
            Later::Give { of, function, role } => {
                let function = match function {
                    Restricted::Sweep => Hub::sweepCall::SELECTOR,
                    Restricted::Pause => Hub::pauseCall::SELECTOR,
                    Restricted::Unpause => Hub::unpauseCall::SELECTOR,
                };
                own(model::Order::Give { program: of, function, role })
            }
        }
    }
}
