//! The world of the game: who is honest, who is not, and how a move is made. A move says what must come of
//! it, by the caps worked out anew.

use std::collections::BTreeMap;

use super::super::kit::*;
use super::books::{Books, mean};
use super::bucket::Bucket;
use super::moves::{Move, Much};
use alloy_primitives::{Address, B256, U256};

/// METIS that each adversary has, however it is used.
const CAPITAL: u64 = 60_000;
/// METIS that owners have for bonds, all together.
const BONDS: u64 = 40_000;
/// How many adversaries delegate by themselves; as many have a pool.
const EACH: usize = 3;
/// How many owners there are among adversaries.
const OWNERS: usize = 5;

/// The game, between two moves.
#[derive(Debug)]
pub(super) struct Game {
    pub(super) world: World,
    /// Two sequencers of honest operators. The second has poor scores.
    pub(super) honest: [U256; 2],
    /// Those who delegate by themselves, then pools.
    pub(super) adversaries: Vec<Address>,
    /// Their sequencers, with who owns each.
    theirs: Vec<(U256, String)>,
    /// What they have unbonding.
    unbonding: Vec<(Address, U256, U256)>,
    /// METIS that is left for bonds.
    purse: U256,
    /// Technical score and recorded slashes of each of their sequencers.
    pub(super) records: BTreeMap<U256, (u64, u32)>,
    /// What is in the bucket of each of their pools.
    pub(super) buckets: BTreeMap<Address, Bucket>,
    /// How many moves of each kind were made, and refused.
    pub(super) tally: BTreeMap<&'static str, [u64; 2]>,
}

impl Game {
    /// Limits that are met with little METIS: of all stake a fifth of an operator, at least 30,000; a tenth
    /// of a pool, at least 10,000 and at most 30,000.
    pub(super) fn new() -> Self {
        let mut world = world();
        let limits = Quota::setLimitsCall {
            operatorFloor: ether(30_000),
            poolShareBps: word(1_000),
            poolFloor: ether(10_000),
            poolCap: ether(30_000),
            ..limits()
        };
        world.chain.send(world.admin, world.quota, limits).ok();
        let honest = ["olga", "otto"].map(|owner| world.register(owner, 6_000));
        let theirs = [0, 1, 2, 2].map(|at| {
            let owner = format!("owner {at}");
            (world.register(&owner, 4_000), owner)
        });
        let pools: Vec<_> = (0..EACH).map(|_| world.another_pool()).collect();
        for pool in pools.iter().copied().chain([world.pool]) {
            for id in honest.iter().chain(theirs.iter().map(|(id, _)| id)) {
                world.grant_to(pool, *id, 24_000);
            }
        }
        let poor = word(100);
        world.curates(Quota::setScoresCall { id: honest[1], operations: poor, market: poor });
        world.chain.advance(RAISE_DELAY);
        world.pool_delegates(honest[0], ether(11_000));
        world.pool_delegates(honest[1], ether(5_000));
        world.delegates(honest[0], ether(4_000));

        let whales = (0..EACH).map(|at| world.chain.account(&format!("whale {at}")).address);
        let adversaries: Vec<_> = whales.collect::<Vec<_>>().into_iter().chain(pools).collect();
        for who in &adversaries {
            world.chain.deal(*who, ether(CAPITAL));
        }
        // Part of it is there to begin with, so that all stake can shrink.
        for (who, (id, _)) in adversaries[EACH..].iter().zip(&theirs) {
            enters(&mut world, *who, *id, ether(15_000)).ok();
        }
        Self {
            world,
            honest,
            adversaries,
            records: theirs.iter().map(|(id, _)| (*id, (5_000, 0))).collect(),
            theirs: theirs.to_vec(),
            unbonding: Vec::new(),
            purse: ether(BONDS),
            buckets: BTreeMap::new(),
            tally: BTreeMap::new(),
        }
    }

    /// All sequencers that adversaries look at.
    fn everywhere(&self) -> Vec<U256> {
        self.honest.iter().copied().chain(self.theirs.iter().map(|(id, _)| *id)).collect()
    }

    /// One of the adversaries' sequencers, and its owner.
    fn one_of_theirs(&self, at: u8) -> (U256, Account) {
        let (id, owner) = &self.theirs[usize::from(at) % self.theirs.len()];
        (*id, Account::named(owner))
    }

    fn count(&mut self, what: &'static str, is_made: bool) {
        self.tally.entry(what).or_default()[usize::from(!is_made)] += 1;
    }

    /// Makes a move.
    pub(super) fn play(&mut self, game_move: Move) {
        match game_move {
            Move::Enter { who, at, much } => self.enter(who, at, much),
            Move::Leave { who, at, much } => self.leave(who, at, much),
            Move::Claim => self.claim(),
            Move::Register { owner, bond } => self.register(owner, bond),
            Move::Unbond { at, much } => self.unbond(at, much),
            Move::Exit { at } => {
                let (id, owner) = self.one_of_theirs(at);
                let staking = self.world.staking;
                let gone = self.world.chain.send(owner, staking, Staking::exitCall { id }).run();
                self.count("exit", gone.is_ok());
            }
            Move::HandOver { at, to } => self.hand_over(at, to),
            Move::Group { into, member } => {
                let call =
                    Quota::groupCall { into: self.group_of(into), member: self.group_of(member) };
                let (curator, quota) = (self.world.curator, self.world.quota);
                let grouped = self.world.chain.send(curator, quota, call).run();
                self.count("group", grouped.is_ok());
            }
            Move::Split { member } => {
                let Some(member) = self.one_that_is_led(member) else { return };
                let call = Quota::splitCall { member };
                let (curator, quota) = (self.world.curator, self.world.quota);
                let split = self.world.chain.send(curator, quota, call).run();
                self.count("split", split.is_ok());
            }
            Move::Batch { at, produced, assigned, times } => {
                self.batch(at, produced, assigned, times)
            }
            Move::Slash { at, bps } => self.slash(at, bps),
            Move::Draw { who, at, much } => self.draw(who, at, much),
            Move::Steal { who } => {
                let who = Account::at(self.adversaries[usize::from(who) % EACH]);
                let draw = Quota::drawCall { id: self.honest[0], assets: U256::ONE };
                let refused = Quota::PoolUnknown { pool: who.address };
                self.world.chain.send(who, self.world.quota, draw).fails_with(refused);
                self.count("steal", false);
            }
            Move::Wait { hours: count } => self.world.chain.advance(hours(count.into())),
        }
    }

    fn group_of(&self, at: u8) -> U256 {
        self.world.sequencer(self.one_of_theirs(at).0).group
    }

    /// One of their groups that is under the cap of another.
    fn one_that_is_led(&self, at: u8) -> Option<U256> {
        let groups = self.theirs.iter().map(|(id, _)| self.world.sequencer(*id).group);
        let leader = |member| self.world.told(Quota::groupOfCall { member }).leader;
        let led: Vec<_> = groups.filter(|group| leader(*group) != *group).collect();
        led.get(usize::from(at) % led.len().max(1)).copied()
    }

    /// What goes in is exactly what every cap has room for.
    fn enter(&mut self, who: u8, at: u8, much: Much) {
        let who = self.adversaries[usize::from(who) % self.adversaries.len()];
        let all = self.everywhere();
        let id = all[usize::from(at) % all.len()];
        let room = Books::read(&self.world).room(&self.world, who, id);
        let has = self.world.chain.balance(who);
        let assets = much.of(room).min(has);
        // A position is of 1 METIS at least.
        if assets.is_zero() || self.world.worth(who, id) + assets < ether(2) {
            return;
        }
        let outcome = enters(&mut self.world, who, id, assets).run();
        self.count("enter", outcome.is_ok());
        match outcome {
            Ok(_) => {
                assert!(assets <= room, "{assets} go in at {id} where there is room for {room}")
            }
            Err(why) => {
                assert!(assets > room, "{assets} of {room} are refused at {id}: {why:?}");
            }
        }
    }

    /// Who leaves is never refused.
    fn leave(&mut self, who: u8, at: u8, much: Much) {
        let who = self.adversaries[usize::from(who) % self.adversaries.len()];
        let view = |id| {
            let position = Staking::positionCall { account: who, id };
            (id, self.world.chain.view(self.world.staking, position))
        };
        let all = self.everywhere().into_iter().map(view);
        let all: Vec<_> = all.filter(|(_, position)| !position.shares.is_zero()).collect();
        let Some((id, position)) = all.get(usize::from(at) % all.len().max(1)) else { return };
        let id = *id;
        let part = much.of(position.shares).min(position.shares);
        let rest = position.assets.saturating_sub(part);
        let shares = if rest < ether(2) { position.shares } else { part };
        if !shares.is_zero() {
            let bucket = leaves(&mut self.world, who, id, shares).ok().output.bucket;
            self.unbonding.push((who, id, bucket));
            self.count("leave", true);
        }
    }

    fn claim(&mut self) {
        let staking = self.world.staking;
        for (who, id, bucket) in std::mem::take(&mut self.unbonding) {
            let claim = Staking::claimUnlockedCall { id, buckets: vec![bucket], receiver: who };
            let claimed = self.world.chain.send(Account::at(who), staking, claim).run();
            self.count("claim", claimed.is_ok());
            if claimed.is_err() {
                self.unbonding.push((who, id, bucket));
            }
        }
    }

    fn register(&mut self, owner: u8, bond: u16) {
        let owner = format!("owner {}", usize::from(owner) % OWNERS);
        let Some(left) = self.purse.checked_sub(ether(bond.into())) else { return };
        let id = self.world.register(&owner, bond.into());
        self.purse = left;
        self.count("register", true);
        self.theirs.push((id, owner));
        self.records.insert(id, (5_000, 0));
    }

    fn unbond(&mut self, at: u8, much: Much) {
        let (id, owner) = self.one_of_theirs(at);
        let bond = self.world.sequencer(id).bond;
        let assets = much.of(bond).min(bond);
        if !assets.is_zero() {
            let call = Staking::requestBondUnlockCall { id, assets };
            self.world.chain.send(owner, self.world.staking, call).ok();
            self.count("unbond", true);
        }
    }

    fn hand_over(&mut self, at: u8, to: u8) {
        let (id, owner) = self.one_of_theirs(at);
        let to = format!("owner {}", usize::from(to) % OWNERS);
        let (new, staking) = (self.world.chain.account(&to), self.world.staking);
        let give = Staking::setOwnerCall { id, newOwner: new.address };
        self.world.chain.send(owner, staking, give).ok();
        self.world.chain.send(new, staking, Staking::acceptOwnerCall { id }).ok();
        let place = usize::from(at) % self.theirs.len();
        self.theirs[place].1 = to;
        self.count("hand over", true);
    }

    fn batch(&mut self, at: u8, produced: u8, assigned: u8, times: u8) {
        let (id, _) = self.one_of_theirs(at);
        let (made, of) = (u64::from(produced.min(assigned)), u64::from(assigned));
        self.count("batch", true);
        for _ in 0..times {
            self.world.batch(&[id], &[produced.into()], &[of]).ok();
            let record = self.records.get_mut(&id).expect("it is theirs");
            if of > 0 {
                record.0 = (7 * record.0 * of + 10_000 * made) / (8 * of);
            }
        }
    }

    /// What is proposed can be executed; a fault of the same day or too much of a week cannot be proposed.
    fn slash(&mut self, at: u8, bps: u16) {
        let (id, _) = self.one_of_theirs(at);
        let (bps, now) = (word(bps.into()), self.world.now());
        let evidence = B256::from(now << 32 | id);
        let call = Court::proposeSlashCall { id, bps, faultTime: now, evidence };
        let (court, keeper) = (self.world.suite.slashing_court, self.world.keeper);
        let proposed = self.world.chain.send(Account::named("slasher"), court, call).run();
        self.count("slash", proposed.is_ok());
        let Ok(proposal) = proposed.map(|receipt| receipt.output) else { return };
        self.world.chain.advance(days(2));
        self.world.chain.send(keeper, court, Court::executeCall { proposal }).ok();
        let told = Quota::recordSlashCall { proposal };
        self.world.chain.send(keeper, self.world.quota, told).ok();
        self.records.get_mut(&id).expect("it is theirs").1 += 1;
    }

    /// What is drawn is exactly what the bucket holds.
    fn draw(&mut self, who: u8, at: u8, much: Much) {
        let pool = self.adversaries[EACH + usize::from(who) % EACH];
        let all = self.everywhere();
        let id = all[usize::from(at) % all.len()];
        let (now, daily) = (self.world.chain.time(), self.daily());
        let bucket = self.buckets.entry(pool).or_default();
        let left = bucket.left(now, daily);
        let assets = much.of(left);
        let outcome = self.world.draw_as(pool, id, assets).run();
        if self.world.sequencer(id).status != Staking::Status::Active {
            assert!(outcome.is_ok(), "leaving what is not Active draws nothing");
            return;
        }
        assert_eq!(outcome.is_ok(), assets <= left, "{assets} of {left}");
        self.tally.entry("draw").or_default()[usize::from(outcome.is_err())] += 1;
        if outcome.is_ok() {
            bucket.draw(now, daily, assets);
        }
    }

    /// What a pool may move in a day: a hundredth of all stake, and the threshold in any case.
    pub(super) fn daily(&self) -> U256 {
        let total = self.world.chain.view(self.world.staking, Staking::totalsCall {}).stake;
        (total / word(100)).max(ether(20_000))
    }

    /// The scores of one of their sequencers by what it did: an eighth for each batch, half of operations
    /// for each slash.
    pub(super) fn composite(&self, id: U256) -> u64 {
        let (technical, slashes) = self.records[&id];
        mean([technical, 5_000 >> slashes, 5_000])
    }
}

impl Much {
    /// As much of an amount.
    fn of(self, amount: U256) -> U256 {
        match self {
            Self::All => amount,
            Self::Beyond => amount + U256::ONE,
            Self::Part(bps, wei) => amount * word(bps.into()) / word(10_000) + word(wei.into()),
        }
    }
}
