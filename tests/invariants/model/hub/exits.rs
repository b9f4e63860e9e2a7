//! eMETIS out of existence, METIS out of the hub and back.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::ILiquidStaking as Hub;

use super::super::{Checked, Key, Model, Prediction, Program, largest, reject};
use super::{HubBooks, WIDTH};

const WHOLE: u64 = 10_000;

impl HubBooks {
    /// What so much eMETIS stands for, rounded down.
    pub fn worth(&self, nominal: U256) -> U256 {
        let backing = self.backing().min(self.supply);
        if backing == self.supply { nominal } else { nominal * backing / self.supply }
    }

    /// The most eMETIS that stands for no more than so much.
    fn most_for(&self, assets: U256) -> U256 {
        let backing = self.backing().min(self.supply);
        if backing == self.supply {
            return assets;
        }
        if backing.is_zero() {
            return U256::MAX;
        }
        // One less than the least that stands for a wei more.
        ((assets + U256::ONE) * self.supply).div_ceil(backing) - U256::ONE
    }

    /// What is paid for so much eMETIS at once, and the fee.
    pub fn quote(&self, nominal: U256) -> (U256, U256) {
        let backing = self.backing().min(self.supply);
        let kept = U256::from(WHOLE - self.fee_bps);
        let out = if backing == self.supply {
            nominal * kept / U256::from(WHOLE)
        } else {
            nominal * backing * kept / (self.supply * U256::from(WHOLE))
        };
        (out, self.worth(nominal) - out)
    }
}

impl Model {
    /// Whether redemptions and deposits go on.
    pub(super) fn has_no_wait(&self) -> Checked {
        match self.hub.wait.until(self.now) {
            0 => Ok(()),
            until => {
                let pending = self.hub.wait.pending;
                reject(Hub::LossPending { pending, until: U256::from(until) })
            }
        }
    }

    /// What of the buffer is beyond what the queue is owed.
    fn available(&self) -> U256 {
        self.hub.buffer.saturating_sub(self.queue.due())
    }

    pub(super) fn redeem_now(
        &mut self,
        caller: Address,
        nominal: U256,
        least: U256,
        receiver: Address,
    ) -> Prediction {
        self.has_no_wait()?;
        if receiver.is_zero() || receiver == self.hub.token.address {
            return reject(Hub::ReceiverInvalid { receiver });
        }
        let (assets, fee) = self.hub.quote(nominal.min(U256::from(u128::MAX)));
        if assets.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        if assets < least {
            return reject(Hub::AssetsBelowMin { assets, minAssets: least });
        }
        let (now, supply) = (self.now, self.hub.supply);
        let left = self.hub.limit.left(now, supply);
        if nominal > left {
            return reject(Hub::RedemptionLimited { nominal, left });
        }
        let (total, available) = (assets + fee, self.available());
        if total > available {
            return reject(Hub::BufferTooSmall { assets: total, available });
        }
        self.hub.token.has(caller, nominal)?;
        if !self.accounts.takes_metis(receiver) {
            return reject(Hub::PaymentFailed { receiver, assets });
        }
        self.hub.limit = self.hub.limit.drawn(now, supply, nominal);
        self.hub.fees += fee;
        self.wrote(Program::Hub, Key::Word(9));
        self.take(caller, nominal, total);
        let supply = self.hub.supply;
        let event = Hub::RedeemedNow { caller, receiver, nominal, assets, fee, supply };
        self.log(Program::Hub, event);
        self.log_burned(caller, nominal);
        Ok(assets.abi_encode())
    }

    /// eMETIS ends, METIS leaves the buffer. A wait that is over is forgotten.
    fn take(&mut self, owner: Address, nominal: U256, assets: U256) {
        self.hub.wait_set = false;
        self.hub.supply -= nominal;
        self.hub.buffer -= assets;
        self.wrote(Program::Hub, Key::Word(0));
        self.debit(Program::Hub, owner, nominal);
    }

    fn log_burned(&mut self, owner: Address, value: U256) {
        self.log(Program::Hub, Hub::Transfer { from: owner, to: Address::ZERO, value });
    }

    pub(super) fn max_redeem_now(&self, owner: Address) -> U256 {
        let hub = &self.hub;
        if hub.wait.until(self.now) != 0 || !hub.constructed {
            return U256::ZERO;
        }
        let left = hub.limit.left(self.now, hub.supply);
        let nominal = hub.token.balance(owner).min(left).min(hub.most_for(self.available()));
        if hub.quote(nominal).0.is_zero() { U256::ZERO } else { nominal }
    }

    pub(in super::super) fn may_fill(
        &self,
        caller: Address,
        nominal: U256,
        assets: U256,
    ) -> Checked {
        let queue = self.hub.queue;
        if caller != queue {
            return reject(Hub::CallerNotQueue { caller, queue });
        }
        self.has_no_wait()?;
        let max = self.hub.worth(nominal.min(U256::from(u128::MAX)));
        if assets > max {
            return reject(Hub::FillTooLarge { assets, max });
        }
        let available = self.hub.buffer;
        if assets > available {
            return reject(Hub::BufferTooSmall { assets, available });
        }
        self.hub.token.has(caller, nominal)
    }

    pub(in super::super) fn fill(&mut self, nominal: U256, assets: U256) {
        let queue = self.hub.queue;
        self.take(queue, nominal, assets);
        let (supply, buffer) = (self.hub.supply, self.hub.buffer);
        self.log(Program::Hub, Hub::Filled { nominal, assets, supply, buffer });
        self.log_burned(queue, nominal);
    }

    pub(super) fn is_allocator(&self, caller: Address) -> Checked {
        let allocator = self.hub.allocator;
        if allocator.is_zero() || caller != allocator {
            return reject(Hub::CallerNotAllocator { caller, allocator });
        }
        Ok(())
    }

    pub(super) fn place(&mut self, caller: Address, assets: U256) -> Prediction {
        self.is_allocator(caller)?;
        if assets.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        let available = self.available();
        if assets > available {
            return reject(Hub::BufferTooSmall { assets, available });
        }
        let (placed, limit) = (self.hub.placed, largest(WIDTH));
        if placed + assets > limit {
            return reject(Hub::PlacedOverflow { placed, assets, limit });
        }
        self.hub.buffer -= assets;
        self.hub.placed += assets;
        self.wrote(Program::Hub, Key::Word(0));
        let (buffer, placed) = (self.hub.buffer, self.hub.placed);
        self.log(Program::Hub, Hub::Placed { assets, buffer, placed });
        Ok(Vec::new())
    }

    pub(super) fn receive_unbonded(&mut self, caller: Address, assets: U256) -> Prediction {
        self.is_allocator(caller)?;
        if assets.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        let placed = self.hub.placed;
        if assets > placed {
            return reject(Hub::PlacedTooSmall { assets, placed });
        }
        self.has_room(assets)?;
        self.hub.placed -= assets;
        self.hub.buffer += assets;
        self.wrote(Program::Hub, Key::Word(0));
        let (buffer, placed) = (self.hub.buffer, self.hub.placed);
        self.log(Program::Hub, Hub::UnbondedReceived { assets, buffer, placed });
        Ok(Vec::new())
    }

    pub(super) fn receive_backing(&mut self, caller: Address, assets: U256) -> Prediction {
        self.is_allocator(caller)?;
        if assets.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        let shortfall = self.hub.supply.saturating_sub(self.hub.backing());
        if assets > shortfall {
            return reject(Hub::BackingTooLarge { assets, shortfall });
        }
        self.has_room(assets)?;
        self.hub.buffer += assets;
        self.wrote(Program::Hub, Key::Word(0));
        let (buffer, shortfall) = (self.hub.buffer, shortfall - assets);
        self.log(Program::Hub, Hub::BackingReceived { assets, buffer, shortfall });
        Ok(Vec::new())
    }

    fn has_room(&self, assets: U256) -> Checked {
        let (buffer, limit) = (self.hub.buffer, largest(WIDTH));
        if buffer + assets > limit {
            return reject(Hub::BufferOverflow { buffer, assets, limit });
        }
        Ok(())
    }

    pub(super) fn settle_hub(
        &mut self,
        caller: Address,
        loss: U256,
        pending: U256,
        until: U256,
    ) -> Prediction {
        self.is_allocator(caller)?;
        let placed = self.hub.placed;
        if loss > placed {
            return reject(Hub::PlacedTooSmall { assets: loss, placed });
        }
        self.hub.placed -= loss;
        self.hub.wait.settle(self.now, pending, until.saturating_to());
        let until = self.hub.wait.until(self.now);
        self.hub.wait_set = until != 0;
        self.wrote(Program::Hub, Key::Word(0));
        self.wrote(Program::Hub, Key::Word(10));
        let (placed, pending) = (self.hub.placed, self.hub.wait.pending);
        let shortfall = self.hub.supply.saturating_sub(self.hub.backing());
        let until = U256::from(until);
        self.log(Program::Hub, Hub::Settled { loss, placed, shortfall, pending, until });
        Ok(Vec::new())
    }

    pub(super) fn collect_fees(&mut self, caller: Address, receiver: Address) -> Prediction {
        self.is_allocator(caller)?;
        self.hub.token.takes(receiver)?;
        let assets = self.hub.fees;
        if assets.is_zero() {
            return reject(Hub::FeesZero {});
        }
        self.fits(assets)?;
        self.hub.fees = U256::ZERO;
        self.wrote(Program::Hub, Key::Word(9));
        self.mint(receiver, assets);
        let supply = self.hub.supply;
        self.log(Program::Hub, Hub::FeesCollected { receiver, assets, supply });
        let from = Address::ZERO;
        self.log(Program::Hub, Hub::Transfer { from, to: receiver, value: assets });
        self.note_gift(Program::Hub, receiver, assets);
        Ok(assets.abi_encode())
    }

    pub(super) fn set_redemption(&mut self, fee: U256, daily: U256) -> Prediction {
        for (value, max) in [(fee, 500_u64), (daily, WHOLE)] {
            if value > U256::from(max) {
                let (min, max) = (U256::ZERO, U256::from(max));
                return reject(Hub::ParameterInvalid { value, min, max });
            }
        }
        let (old_fee, old_daily) = (self.hub.fee_bps, self.hub.limit.bps);
        (self.hub.fee_bps, self.hub.limit.bps) = (fee.to(), daily.to());
        self.wrote(Program::Hub, Key::Word(9));
        self.log(
            Program::Hub,
            Hub::RedemptionChanged {
                oldFeeBps: U256::from(old_fee),
                newFeeBps: fee,
                oldDailyBps: U256::from(old_daily),
                newDailyBps: daily,
            },
        );
        Ok(Vec::new())
    }
}
