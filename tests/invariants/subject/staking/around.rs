//! What happens around staking: donations, and pools that do not listen.

use alloy_primitives::U256;
use emetis::campaign::{Checks, Step, Tally, Violation};

use super::super::super::action::staking::Party;
use super::super::super::checks::staking as checks;
use super::super::super::model::staking::Part;
use super::super::super::world::{Origin, World};

alloy_sol_types::sol! {
    interface IPool {
        function answer(uint8 mode) external;
    }
}

impl Origin {
    /// METIS forced into a program of staking.
    pub(super) fn donate_to_staking(
        &self,
        world: &mut World,
        target: Part,
        assets: U256,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let stage = &mut world.stage;
        let to = stage.crew.program(target).into_word();
        let code = [&stage.crew.donor[..], to.as_slice()].concat();
        let mallory = stage.crew.account(Party::Mallory);
        let receipt = world.chain.create(mallory, code).value(assets).ok();
        stage.model.donations[target as usize] += assets;
        stage.story.donations[target as usize] += assets;
        let before = stage.look(&world.chain, &[]);
        if tally.level() != Checks::None {
            checks::solvency::programs(tally, &world.stage)?;
            checks::donation(tally, &world.stage, &before)?;
        }
        Ok(Step { accepted: true, gas: receipt.gas_used })
    }

    /// A pool refuses to be told of losses, or takes it.
    pub(super) fn deafen(&self, world: &mut World, pool: Party, deaf: bool) -> Step {
        const TAKES: u8 = 0;
        const REFUSES: u8 = 1;
        let stage = &mut world.stage;
        let address = stage.crew.address(pool);
        let mode = if deaf { REFUSES } else { TAKES };
        let mallory = stage.crew.account(Party::Mallory);
        world.chain.send(mallory, address, IPool::answerCall { mode }).ok();
        if deaf {
            stage.model.deaf.insert(address);
        } else {
            stage.model.deaf.remove(&address);
        }
        Step { accepted: true, gas: 0 }
    }
}
