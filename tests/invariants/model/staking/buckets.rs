//! What unbonds: joined by the day, held, paid.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;

use super::super::Prediction;
use super::books::{self, Bucket, DAY, Entry, Hold, Sequencer};
use super::{Money, Part, Side, Staking, ceil, floor, reject};

/// The last part of a day.
const LAST_PART: u64 = 63;

impl Sequencer {
    /// What of one side of a bucket can be paid at a moment.
    pub fn free(&self, number: u64, side: Side, now: u64) -> U256 {
        let Some(bucket) = self.buckets.get(&number) else { return U256::ZERO };
        if now < books::matures(number) {
            return U256::ZERO;
        }
        let assets = bucket.sides[side as usize].assets;
        let held = self.held(now).filter(|hold| hold.covers(number));
        assets - held.map_or(U256::ZERO, |hold| hold.part(side, assets))
    }
}

impl Hold {
    /// Whether a bucket is in its scope.
    pub fn covers(&self, number: u64) -> bool {
        books::end_of(number) > self.fault && books::matures(number) > self.at
    }

    /// What it keeps of assets of one side, rounded up.
    pub fn part(&self, side: Side, assets: U256) -> U256 {
        let (loss, scope) = match side {
            Side::Delegations => (self.delegated_loss, self.delegated_scope),
            Side::Bond => (self.bond_loss, self.bond_scope),
        };
        ceil(assets, loss, scope).min(assets)
    }
}

impl Staking {
    /// Puts assets into the bucket of today, and says which it is.
    pub(super) fn join(&mut self, id: u64, side: Side, account: Address, assets: U256) -> u64 {
        let number = self.todays(id, side);
        let sequencer = self.at_mut(id);
        if number != sequencer.latest {
            let previous = std::mem::replace(&mut sequencer.latest, number);
            sequencer.buckets.insert(number, Bucket { previous, ..Bucket::default() });
        }
        let bucket = sequencer.buckets.get_mut(&number).expect("it was opened");
        let half = &mut bucket.sides[side as usize];
        // Who comes to what a slash has hit brings more parts than wei.
        let is_whole = half.nominal == half.assets || half.assets.is_zero();
        let part = if is_whole { assets } else { floor(assets, half.nominal, half.assets) };
        half.nominal += part;
        half.assets += assets;
        let entry = self.entries.entry((account, id, number, side)).or_default();
        entry.nominal += part;
        number
    }

    /// The number of the bucket that takes what unbonds now.
    fn todays(&self, id: u64, side: Side) -> u64 {
        let sequencer = self.at(id);
        let (day, period, latest) = (self.now / DAY, self.rules.period / DAY, sequencer.latest);
        let is_todays = latest != 0 && latest >> 12 == day;
        if !is_todays {
            return day << 12 | period;
        }
        let part = sequencer.buckets[&latest].sides[side as usize];
        if latest & 63 == period && part.nominal == part.assets {
            return latest;
        }
        let part = latest >> 6 & 63;
        if part == LAST_PART {
            return latest;
        }
        day << 12 | (part + 1) << 6 | period
    }

    /// What of an account can be paid of one side of a bucket.
    pub fn claimable(&self, account: Address, id: u64, number: u64, side: Side) -> U256 {
        let Some(entry) = self.entries.get(&(account, id, number, side)) else {
            return U256::ZERO;
        };
        let sequencer = self.at(id);
        let nominal = sequencer.buckets[&number].sides[side as usize].nominal;
        let free = sequencer.free(number, side, self.now);
        floor(entry.nominal, free, nominal).saturating_sub(entry.claimed)
    }

    pub(super) fn claim_unlocked(
        &mut self,
        account: Address,
        id: U256,
        buckets: &[U256],
        receiver: Address,
    ) -> Prediction {
        self.may_pay(receiver)?;
        let Ok(id) = self.known(id) else { return reject(Money::NothingToClaim {}) };
        let mut assets = U256::ZERO;
        for number in buckets.iter().filter_map(|number| u64::try_from(*number).ok()) {
            for side in Side::ALL {
                assets += self.draw(account, id, number, side);
            }
        }
        if assets.is_zero() {
            return reject(Money::NothingToClaim {});
        }
        self.ledger -= assets;
        let id = U256::from(id);
        self.log(Part::Staking, Money::UnlockedClaimed { account, id, receiver, assets });
        self.arrives(receiver, assets)?;
        Ok(assets.abi_encode())
    }

    fn draw(&mut self, account: Address, id: u64, number: u64, side: Side) -> U256 {
        let paid = self.claimable(account, id, number, side);
        if paid.is_zero() {
            return paid;
        }
        let free = self.at(id).free(number, side, self.now);
        let sequencer = self.at_mut(id);
        let part =
            &mut sequencer.buckets.get_mut(&number).expect("it has an entry").sides[side as usize];
        part.paid += paid;
        let is_over = free == part.assets;
        let entry = self.entries.get_mut(&(account, id, number, side)).expect("it pays");
        entry.claimed += paid;
        if is_over {
            *entry = Entry::default();
        }
        paid
    }
}
