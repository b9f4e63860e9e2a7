//! A receiver that calls back.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis::campaign::{Checks, Step, Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IRedemptionQueue as Queue};
use emetis::{Chain, Failure};

use super::super::action::{Actor, Program};
use super::super::checks;
use super::super::encode::calldata;
use super::super::encode::queue::claimable;
use super::super::model::{Message, Prediction};
use super::super::spec::{MODEL, SAF_2};
use super::super::world::{DISARM, Origin, World, armCall, outcomeCall};

impl Origin {
    /// A payment to a contract that calls a program back leaves what one to a quiet one leaves.
    pub(super) fn reenter(
        &self,
        world: &mut World,
        of: Program,
        target: Program,
        entry: u8,
        words: &[U256; 7],
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        const DONATION: u64 = 5;
        let swept = match of {
            Program::Hub => Actor::Hub,
            Program::Vault => Actor::Vault,
            Program::Queue => Actor::Queue,
        };
        self.donate(world, swept, U256::from(DONATION), tally)?;
        let reenterer = self.cast.account(Actor::Reenterer);
        let (caller, data) = self.payment(world, of, words[6].bit(0));
        let payload = calldata(world, target, entry, words);

        let mut quiet = world.chain.clone();
        // A payment that was refused earlier may have left it ready to strike.
        quiet.send(self.cast.account(Actor::Mallory), reenterer, DISARM).ok();
        let calm = quiet.send_raw(caller, self.cast.program(of), data.clone()).run();
        let arm = armCall {
            target: self.cast.program(target),
            value: U256::ZERO,
            payload: payload.clone().into(),
            times: U256::ONE,
            insists: false,
        };
        world.chain.send(self.cast.account(Actor::Mallory), reenterer, arm).ok();
        let wild = world.chain.send_raw(caller, self.cast.program(of), data.clone()).run();
        let gas = wild.as_ref().map_or_else(Failure::gas_used, |receipt| receipt.gas_used);
        let step = Step { accepted: wild.is_ok(), gas };
        if tally.level() == Checks::None {
            world.chain.send(self.cast.account(Actor::Mallory), reenterer, DISARM).ok();
            world.look();
            return Ok(step);
        }

        let value = U256::ZERO;
        let predicted = world.model.call(&Message { to: of, caller, value, data: &data });
        let mut written = std::mem::take(&mut world.model.writes);
        let mut struck = false;
        if predicted.is_ok() {
            let caller = reenterer.address;
            world.model.out[of as usize] = true;
            let expected = world.model.call(&Message { to: target, caller, value, data: &payload });
            world.model.out[of as usize] = false;
            written.append(&mut world.model.writes);
            struck = expected.is_ok();
            let strike = world
                .chain
                .try_view(reenterer.address, outcomeCall { index: U256::ZERO })
                .map_err(|(failure, _)| format!("{failure:?}"));
            let agrees = strike.as_ref().is_ok_and(|strike| {
                let found: Prediction =
                    if strike.ok { Ok(strike.ret.to_vec()) } else { Err(strike.ret.to_vec()) };
                found == expected
            });
            tally.check(SAF_2, agrees || wild.is_err(), || {
                format!("a re-entering call expected {expected:?}, found {strike:?}")
            })?;
        }
        // It may not have come to that, and no later payment is to set it off.
        world.chain.send(self.cast.account(Actor::Mallory), reenterer, DISARM).ok();
        // Calling the other program may do something there; it is not out.
        let compared = Program::ALL.into_iter().filter(|program| *program == of || !struck);
        let same = compared
            .clone()
            .all(|program| state(self, &quiet, program) == state(self, &world.chain, program))
            && calm.is_ok() == wild.is_ok();
        tally.check(SAF_2, same, || {
            format!("calling {} back changed the state", world.chain.names().call(&payload))
        })?;
        world.look();
        tally.check(MODEL, predicted.is_ok() == wild.is_ok(), || {
            format!("the payment: expected {predicted:?}, found {wild:?}")
        })?;
        world.model.writes = written;
        if !tally.watches(MODEL) {
            world.resync_all();
        }
        checks::model::books(tally, world)?;
        checks::solvency::programs(tally, world)?;
        Ok(step)
    }
}

impl Origin {
    /// Who makes a program pay the contract that calls back, and by which call: a sweep, or `other`, an
    /// instant redemption or a claim.
    fn payment(&self, world: &World, of: Program, other: bool) -> (Address, Vec<u8>) {
        /// eMETIS that is redeemed at once.
        const NOMINAL: u64 = 1_000_000_000;
        let receiver = self.cast.address(Actor::Reenterer);
        let sweep = Hub::sweepCall { receiver }.abi_encode();
        match of {
            Program::Hub if other => {
                let (nominal, min_assets) = (U256::from(NOMINAL), U256::ZERO);
                let call = Hub::redeemNowCall { nominal, minAssets: min_assets, receiver };
                (self.cast.address(Actor::Alice), call.abi_encode())
            }
            Program::Queue if other => match claimable(world) {
                Some((owner, ticket)) => {
                    (owner, Queue::claimCall { ticket, receiver }.abi_encode())
                }
                None => (self.cast.address(Actor::Treasury), sweep),
            },
            _ => (self.cast.address(Actor::Treasury), sweep),
        }
    }
}

/// Storage and METIS of a program.
fn state(origin: &Origin, chain: &Chain, program: Program) -> (Vec<(U256, U256)>, U256) {
    let address = origin.cast.program(program);
    (chain.with_state(|state| state.storage_of(address)), chain.balance(address))
}
