//! The campaign on the suite: how an action is done and which checks follow it.

use emetis::campaign::{Property, Step, Subject, Tally, Violation};
use proptest::strategy::BoxedStrategy;

use super::action::{Action, Actor, QueueAction, StakingAction};
use super::checks::Outcome;
use super::draw;
use super::encode::queue::last_batch;
use super::encode::transaction;
use super::spec::{MODEL, PROPERTIES};
use super::world::{Origin, World};

mod around;
mod call;
mod manage;
mod reenter;
mod staking;

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

    fn actions_of(&self, case: u64) -> BoxedStrategy<Action> {
        draw::theme(case)
    }

    fn name(&self, action: &Action) -> &'static str {
        action.name()
    }

    fn always_rejected(&self, name: &str) -> bool {
        StakingAction::always_rejected(name)
            || matches!(
                name,
                "(plain transfer)"
                    | "burn"
                    | "constructor"
                    | "permit, flawed"
                    | "vault permit, flawed"
                    | "vault receiveDeposit"
            )
    }

    fn step(
        &self,
        world: &mut World,
        action: &Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        if world.steps == 0 && !tally.watches(MODEL) {
            world.resync_all();
        }
        world.steps += 1;
        match action {
            Action::Wait { seconds } => self.wait(world, *seconds, tally),
            Action::Expire { only } => self.expire(world, *only, tally),
            Action::Donate { target, assets } => {
                let assets = world.pay(*assets, world.cast.address(Actor::Mallory));
                self.donate(world, *target, assets, tally)
            }
            Action::WriteOff { assets, back } => {
                let assets = world.pay(*assets, world.cast.address(Actor::Hub));
                self.write_off(world, assets, *back, tally)
            }
            Action::Starve { action, thousandths } => {
                self.starve(world, action, *thousandths, tally)
            }
            Action::Reenter { of, target, entry, words } => {
                self.reenter(world, *of, *target, *entry, words, tally)
            }
            Action::Manage { caller, order } => self.manage(world, *caller, *order, tally),
            Action::Operation { nth, fate, when, caller } => {
                self.operate(world, *nth, (*fate, *when), *caller, tally)
            }
            Action::Staking(action) => self.staking(world, action, tally),
            Action::Queue(QueueAction::WaitForBatch { edge }) => {
                let (_, closes) = last_batch(world);
                let target = closes.saturating_add_signed((*edge).into());
                self.wait(world, target.saturating_sub(world.seen.now).max(1), tally)
            }
            _ => self.act(world, action, tally),
        }
    }

    fn simpler(&self, action: &Action) -> Vec<Action> {
        action.simpler()
    }

    fn tell(&self, world: &World, action: &Action) -> String {
        if let Action::Staking(action) = action {
            return staking::tell(world, action);
        }
        if !action.is_one_call() {
            return format!("{action:?}");
        }
        let call = transaction(world, action);
        let names = world.chain.names();
        let value =
            if call.value.is_zero() { String::new() } else { format!(" value {}", call.value) };
        let (caller, to) = (names.name(call.caller), names.name(world.cast.program(call.to)));
        let story = match action {
            Action::Notify { brought: true, .. } => " (brought first)",
            _ => "",
        };
        format!("{caller} to {to}: {}{value}{story}", names.call(&call.data))
    }
}

fn step(outcome: &Outcome) -> Step {
    match outcome {
        Ok(receipt) => Step { accepted: true, gas: receipt.gas_used },
        Err(failure) => Step { accepted: false, gas: failure.gas_used() },
    }
}
