//! What the hub should do, said again without its packings: whole numbers, a list of waits, a limit kept in
//! parts of a wei. It shares no code with the program.

use std::collections::BTreeMap;

use super::super::kit::*;

/// Parts of a whole.
const BPS: u64 = 10_000;

/// What came of a call: its answer and its logs, or its error.
pub(super) type Outcome = Result<(Option<U256>, Vec<Bytes>), Bytes>;

/// The hub, the eMETIS of everybody, and what the queue is owed.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) hub: Address,
    pub(super) allocator: Address,
    pub(super) queue: Address,
    pub(super) now: u64,
    pub(super) supply: U256,
    pub(super) buffer: U256,
    pub(super) placed: U256,
    pub(super) balances: BTreeMap<Address, U256>,
    pub(super) due: U256,
    pub(super) fees: U256,
    pub(super) donated: U256,
    pub(super) fee_bps: U256,
    pub(super) daily_bps: U256,
    /// What was left of the limit in parts of a wei, of which a day's seconds make one, and when that
    /// was; none if nothing ever drew on it.
    drawn: Option<(U256, u64)>,
    pub(super) pending: U256,
    /// Beginning and end of every wait, and of which period it is.
    pub(super) waits: Vec<(u64, u64, u64)>,
}

fn error(error: impl alloy_sol_types::SolError) -> Bytes {
    encoded_error(&error)
}

/// A number as a word.
pub(super) fn word(number: u64) -> U256 {
    U256::from(number)
}

impl Reference {
    /// A hub in which Alice has deposited, and nothing else happened.
    pub(super) fn new(world: &World) -> Self {
        Self {
            hub: world.hub,
            allocator: world.allocator.address,
            queue: world.queue().address,
            now: world.chain.time(),
            supply: STAKE,
            buffer: STAKE,
            placed: ZERO,
            balances: BTreeMap::from([(world.alice.address, STAKE)]),
            due: ZERO,
            fees: ZERO,
            donated: ZERO,
            fee_bps: word(50),
            daily_bps: word(100),
            drawn: None,
            pending: ZERO,
            waits: Vec::new(),
        }
    }

    pub(super) fn balance(&self, who: Address) -> U256 {
        self.balances.get(&who).copied().unwrap_or_default()
    }

    pub(super) fn backing(&self) -> U256 {
        self.buffer + self.placed
    }

    pub(super) fn shortfall(&self) -> U256 {
        self.supply.saturating_sub(self.backing())
    }

    /// What of the buffer the queue is not owed.
    pub(super) fn free(&self) -> U256 {
        self.buffer.saturating_sub(self.due)
    }

    /// `floor(nominal * min(1, backing / supply))`. Amounts here have at most 130 bits.
    pub(super) fn worth(&self, nominal: U256) -> U256 {
        if self.shortfall().is_zero() { nominal } else { nominal * self.backing() / self.supply }
    }

    /// What a redemption at once pays, and its fee.
    pub(super) fn quote(&self, nominal: U256) -> (U256, U256) {
        let kept = word(BPS) - self.fee_bps;
        let assets = if self.shortfall().is_zero() {
            nominal * kept / word(BPS)
        } else {
            nominal * self.backing() * kept / (self.supply * word(BPS))
        };
        (assets, self.worth(nominal) - assets)
    }

    fn daily(&self) -> U256 {
        self.supply * self.daily_bps / word(BPS)
    }

    fn left_in_parts(&self) -> U256 {
        let full = self.daily() * word(days(1));
        match self.drawn {
            None => full,
            Some((parts, since)) => full.min(parts + self.daily() * word(self.now - since)),
        }
    }

    /// What of the daily limit is left.
    pub(super) fn left(&self) -> U256 {
        self.left_in_parts() / word(days(1))
    }

    /// Until when redemptions wait; zero if they do not.
    pub(super) fn until(&self) -> u64 {
        self.waits.last().map_or(0, |(_, end, _)| if self.now < *end { *end } else { 0 })
    }

    /// The largest redemption at once, found by halving.
    pub(super) fn most(&self, owner: Address) -> U256 {
        if self.until() != 0 {
            return ZERO;
        }
        let (mut least, mut most) = (ZERO, self.balance(owner).min(self.left()));
        while least < most {
            let middle = (least + most + ONE) / word(2);
            if self.worth(middle) <= self.free() { least = middle } else { most = middle - ONE }
        }
        if self.quote(least).0.is_zero() { ZERO } else { least }
    }

    /// The largest deposit.
    pub(super) fn max_deposit(&self) -> U256 {
        let closed = self.until() != 0 || self.shortfall() > TOLERANCE;
        if closed { ZERO } else { LIMIT - self.supply.max(self.buffer) }
    }

    fn check_wait(&self) -> Result<(), Bytes> {
        match self.until() {
            0 => Ok(()),
            until => Err(error(Hub::LossPending { pending: self.pending, until: word(until) })),
        }
    }

    fn check_allocator(&self, caller: Address) -> Result<(), Bytes> {
        let allocator = self.allocator;
        if caller == allocator {
            Ok(())
        } else {
            Err(error(Hub::CallerNotAllocator { caller, allocator }))
        }
    }

    fn check_assets(assets: U256) -> Result<(), Bytes> {
        if assets.is_zero() { Err(error(Hub::AssetsZero {})) } else { Ok(()) }
    }

    fn check_room(&self, assets: U256, mints: bool) -> Result<(), Bytes> {
        let (supply, buffer, limit) = (self.supply, self.buffer, LIMIT);
        if mints && supply + assets > limit {
            return Err(error(Hub::SupplyOverflow { supply, assets, limit }));
        }
        if buffer + assets > limit {
            return Err(error(Hub::BufferOverflow { buffer, assets, limit }));
        }
        Ok(())
    }

    fn mint(&mut self, to: Address, value: U256) -> Bytes {
        self.supply += value;
        *self.balances.entry(to).or_default() += value;
        minted(to, value)
    }

    fn check_burn(&self, sender: Address, needed: U256) -> Result<(), Bytes> {
        let balance = self.balance(sender);
        if needed <= balance {
            return Ok(());
        }
        Err(error(Hub::ERC20InsufficientBalance { sender, balance, needed }))
    }

    fn burn(&mut self, from: Address, value: U256) -> Bytes {
        self.supply -= value;
        *self.balances.entry(from).or_default() -= value;
        burned(from, value)
    }

    pub(super) fn deposit(&mut self, caller: Address, assets: U256) -> Outcome {
        self.check_wait()?;
        Self::check_assets(assets)?;
        let (backing, supply) = (self.backing(), self.supply);
        if self.shortfall() > TOLERANCE {
            return Err(error(Hub::DepositsHalted { backing, supply }));
        }
        self.check_room(assets, true)?;
        self.buffer += assets;
        let transfer = self.mint(caller, assets);
        let (receiver, tag, supply) = (caller, TAG, self.supply);
        let told = event(&Hub::Deposited { caller, receiver, tag, assets, supply });
        Ok((Some(assets), vec![told, transfer]))
    }

    pub(super) fn rewards(&mut self, caller: Address, assets: U256, receiver: Address) -> Outcome {
        self.check_allocator(caller)?;
        Self::check_assets(assets)?;
        self.check_room(assets, true)?;
        self.buffer += assets;
        let transfer = self.mint(receiver, assets);
        let supply = self.supply;
        let told = event(&Hub::RewardsReceived { caller, receiver, assets, supply });
        Ok((Some(assets), vec![told, transfer]))
    }

    pub(super) fn redeem_now(&mut self, caller: Address, nominal: U256, least: U256) -> Outcome {
        self.check_wait()?;
        let (assets, fee) = self.quote(nominal);
        Self::check_assets(assets)?;
        if assets < least {
            return Err(error(Hub::AssetsBelowMin { assets, minAssets: least }));
        }
        let (parts, left) = (self.left_in_parts(), self.left());
        if nominal > left {
            return Err(error(Hub::RedemptionLimited { nominal, left }));
        }
        let (taken, available) = (assets + fee, self.free());
        if taken > available {
            return Err(error(Hub::BufferTooSmall { assets: taken, available }));
        }
        self.check_burn(caller, nominal)?;
        self.drawn = Some((parts - nominal * word(days(1)), self.now));
        self.buffer -= taken;
        self.fees += fee;
        let transfer = self.burn(caller, nominal);
        let (receiver, supply) = (caller, self.supply);
        let told = Hub::RedeemedNow { caller, receiver, nominal, assets, fee, supply };
        Ok((Some(assets), vec![event(&told), transfer]))
    }

    pub(super) fn fill(&mut self, caller: Address, nominal: U256, assets: U256) -> Outcome {
        let queue = self.queue;
        if caller != queue {
            return Err(error(Hub::CallerNotQueue { caller, queue }));
        }
        self.check_wait()?;
        let max = self.worth(nominal);
        if assets > max {
            return Err(error(Hub::FillTooLarge { assets, max }));
        }
        if assets > self.buffer {
            return Err(error(Hub::BufferTooSmall { assets, available: self.buffer }));
        }
        self.check_burn(caller, nominal)?;
        self.buffer -= assets;
        let transfer = self.burn(caller, nominal);
        let (supply, buffer) = (self.supply, self.buffer);
        Ok((None, vec![event(&Hub::Filled { nominal, assets, supply, buffer }), transfer]))
    }

    pub(super) fn place(&mut self, caller: Address, assets: U256) -> Outcome {
        self.check_allocator(caller)?;
        Self::check_assets(assets)?;
        let (available, placed) = (self.free(), self.placed);
        if assets > available {
            return Err(error(Hub::BufferTooSmall { assets, available }));
        }
        if placed + assets > LIMIT {
            return Err(error(Hub::PlacedOverflow { placed, assets, limit: LIMIT }));
        }
        self.buffer -= assets;
        self.placed += assets;
        let (buffer, placed) = (self.buffer, self.placed);
        Ok((None, vec![event(&Hub::Placed { assets, buffer, placed })]))
    }

    pub(super) fn unbonded(&mut self, caller: Address, assets: U256) -> Outcome {
        self.check_allocator(caller)?;
        Self::check_assets(assets)?;
        if assets > self.placed {
            return Err(error(Hub::PlacedTooSmall { assets, placed: self.placed }));
        }
        self.check_room(assets, false)?;
        self.buffer += assets;
        self.placed -= assets;
        let (buffer, placed) = (self.buffer, self.placed);
        Ok((None, vec![event(&Hub::UnbondedReceived { assets, buffer, placed })]))
    }

    pub(super) fn backed(&mut self, caller: Address, assets: U256) -> Outcome {
        self.check_allocator(caller)?;
        Self::check_assets(assets)?;
        let shortfall = self.shortfall();
        if assets > shortfall {
            return Err(error(Hub::BackingTooLarge { assets, shortfall }));
        }
        self.check_room(assets, false)?;
        self.buffer += assets;
        let (buffer, shortfall) = (self.buffer, self.shortfall());
        Ok((None, vec![event(&Hub::BackingReceived { assets, buffer, shortfall })]))
    }

    pub(super) fn collect(&mut self, caller: Address, receiver: Address) -> Outcome {
        self.check_allocator(caller)?;
        if receiver.is_zero() || receiver == self.hub {
            return Err(error(Hub::ERC20InvalidReceiver { receiver }));
        }
        let assets = self.fees;
        if assets.is_zero() {
            return Err(error(Hub::FeesZero {}));
        }
        self.check_room(assets, true)?;
        self.buffer += assets;
        self.fees = ZERO;
        let transfer = self.mint(receiver, assets);
        let supply = self.supply;
        let told = event(&Hub::FeesCollected { receiver, assets, supply });
        Ok((Some(assets), vec![told, transfer]))
    }

    pub(super) fn sweep(&mut self, caller: Address, receiver: Address) -> Outcome {
        let (assets, ledger) = (self.donated, self.buffer + self.fees);
        if assets.is_zero() {
            return Err(error(Hub::DonationsZero { balance: ledger, ledger }));
        }
        self.donated = ZERO;
        Ok((Some(assets), vec![event(&Hub::Swept { caller, receiver, assets, ledger })]))
    }

    pub(super) fn settle(
        &mut self,
        caller: Address,
        loss: U256,
        pending: U256,
        until: U256,
    ) -> Outcome {
        self.check_allocator(caller)?;
        if loss > self.placed {
            return Err(error(Hub::PlacedTooSmall { assets: loss, placed: self.placed }));
        }
        self.placed -= loss;
        self.pending = pending.min(LIMIT);
        self.wait(!pending.is_zero(), until.saturating_to());
        let (placed, shortfall, pending) = (self.placed, self.shortfall(), self.pending);
        let until = word(self.until());
        Ok((None, vec![event(&Hub::Settled { loss, placed, shortfall, pending, until })]))
    }

    fn wait(&mut self, is_pending: bool, until: u64) {
        let now = self.now;
        let is_running = self.until() != 0;
        let period = self.waits.last().map(|(_, _, period)| *period);
        if is_running {
            let last = self.waits.last_mut().expect("one is running");
            let end = if is_pending { until.min(last.2 + PERIOD) } else { now };
            last.1 = end.max(now);
            return;
        }
        let of = match period {
            Some(period) if now - period < APART => period,
            _ => now,
        };
        let begun = self.waits.iter().filter(|(_, _, period)| *period == of).count();
        let end = until.min(of + PERIOD);
        if is_pending && begun < 2 && end > now {
            self.waits.push((now, end, of));
        }
    }

    /// No 21 days have more than 14 days of waits in them, and no period more than two.
    pub(super) fn waits_are_bounded(&self) -> bool {
        self.waits.iter().all(|(from, _, period)| {
            let to = from + APART;
            let inside = |(begin, end, _): &(u64, u64, u64)| {
                (*end).min(to).saturating_sub((*begin).max(*from))
            };
            let of_period = self.waits.iter().filter(|(_, _, other)| other == period).count();
            self.waits.iter().map(inside).sum::<u64>() <= PERIOD && of_period <= 2
        })
    }
}
