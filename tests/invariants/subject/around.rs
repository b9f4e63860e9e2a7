//! What happens around the programs: donations, surgery, expiry.

use alloy_primitives::U256;
use emetis::campaign::{Checks, Step, Tally, Violation};
use emetis::days;

use super::super::action::{Actor, Program};
use super::super::checks;
use super::super::model::staking::Part;
use super::super::model::{Key, largest};
use super::super::spec::SAF_5;
use super::super::world::{Origin, World};
use super::call::passed;

impl Origin {
    /// METIS forced into an account.
    pub(super) fn donate(
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
        match target {
            Actor::Hub => world.model.hub.donations += assets,
            Actor::Vault => world.model.vault.metis += assets,
            Actor::Queue => world.model.queue.donations += assets,
            _ => {}
        }
        let before = world.look();
        if tally.level() != Checks::None {
            passed(tally, world, &before)?;
            checks::solvency::programs(tally, world)?;
        }
        Ok(Step { accepted: true, gas: receipt.gas_used })
    }

    /// Surgery: part of the buffer becomes nobody's METIS, or part of that becomes buffer again.
    pub(super) fn write_off(
        &self,
        world: &mut World,
        wanted: U256,
        back: bool,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        const BUFFER: usize = 84;
        let seen = world.seen;
        let nobodys = seen.metis[0].saturating_sub(seen.buffer + seen.fees);
        let (buffer, donations) = if back {
            // Never beyond supply: the buffer was that high before.
            let room = seen.supply.saturating_sub(seen.buffer + seen.placed);
            let assets = wanted.min(nobodys).min(room);
            (seen.buffer + assets, world.model.hub.donations.saturating_sub(assets))
        } else {
            let assets = wanted.min(seen.buffer);
            (seen.buffer - assets, world.model.hub.donations + assets)
        };
        let key = Key::Word(0);
        let others = world.figure(Program::Hub, key) & !(largest(84) << BUFFER);
        let (hub, slot) = (self.cast.program(Program::Hub), self.cast.slot(key));
        world.chain.set_storage(hub, slot, others | buffer << BUFFER);
        (world.model.hub.buffer, world.model.hub.donations) = (buffer, donations);
        world.look();
        if tally.level() != Checks::None {
            checks::solvency::programs(tally, world)?;
        }
        Ok(Step { accepted: true, gas: 0 })
    }

    /// A year passes, a program or both cannot be called, and are activated again.
    pub(super) fn expire(
        &self,
        world: &mut World,
        only: Option<Program>,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        const LONGER_THAN_A_LIFETIME: u64 = days(366);
        let storage = |world: &World| {
            let of = |program| {
                let address = self.cast.program(program);
                world.chain.with_state(|state| state.storage_of(address))
            };
            let staking = world
                .stage
                .crew
                .programs
                .map(|address| world.chain.with_state(|state| state.storage_of(address)));
            (Program::ALL.map(of), staking)
        };
        let before = (storage(world), world.seen);
        world.chain.advance(LONGER_THAN_A_LIFETIME);
        world.revive_manager();
        for program in Program::ALL {
            if only.is_some_and(|only| only != program) {
                world.revive(program);
            }
        }
        if tally.level() == Checks::None {
            world.wait(0);
            world.look();
            world.stage.look(&world.chain, &[]);
            return Ok(Step { accepted: true, gas: 0 });
        }
        for program in Program::ALL {
            let expired = only.is_none_or(|only| only == program);
            let dead = checks::safety::is_dead(world, program);
            tally.check(SAF_5, dead == expired, || {
                format!("{program:?} has expired: {expired}; it fails: {dead}")
            })?;
        }
        for part in Part::ALL {
            let dead = checks::staking::safety::is_dead(&world.stage, &world.chain, part);
            tally.check(SAF_5, dead, || format!("{} has expired and answers", part.label()))?;
        }
        world.wait(0);
        world.look();
        checks::staking::passed(tally, &mut world.stage, &world.chain)?;
        tally.check(SAF_5, before.0 == storage(world), || "the storage changed".into())?;
        let views = checks::safety::views_agree(world);
        tally.check(SAF_5, views.is_ok(), || format!("{views:?}"))?;
        passed(tally, world, &before.1)?;
        Ok(Step { accepted: true, gas: 0 })
    }
}
