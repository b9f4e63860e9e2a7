//! VAU-4: no free lunch. Every way in and out, and back, and in parts.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IStakedMetis as Vault;

use super::super::action::{Actor, Program};
use super::super::model::{Key, Rounding};
use super::super::spec::VAU_4;
use super::super::world::World;
use super::chance::Chance;
use super::stream::endow;
use super::{Refused, ask};

/// A fork of the world, and the account that tries there.
struct Trial<'w> {
    world: &'w World,
    fork: Chain,
    who: Address,
}

impl<'w> Trial<'w> {
    /// `who` has more eMETIS than it can spend.
    fn new(world: &'w World, who: Address) -> Self {
        let mut fork = world.chain.clone();
        let vault = world.cast.program(Program::Vault);
        endow(&mut fork, world, who, U256::ONE << 100, vault);
        Self { world, fork, who }
    }

    fn deposit(&mut self, assets: U256) -> Result<U256, Refused> {
        let call = Vault::depositCall { assets, receiver: self.who };
        ask(&mut self.fork, &self.world.cast, self.who, Program::Vault, call)
    }

    fn mint(&mut self, shares: U256) -> Result<U256, Refused> {
        let call = Vault::mintCall { shares, receiver: self.who };
        ask(&mut self.fork, &self.world.cast, self.who, Program::Vault, call)
    }

    fn withdraw(&mut self, assets: U256) -> Result<U256, Refused> {
        let call = Vault::withdrawCall { assets, receiver: self.who, owner: self.who };
        ask(&mut self.fork, &self.world.cast, self.who, Program::Vault, call)
    }

    fn redeem(&mut self, shares: U256) -> Result<U256, Refused> {
        let call = Vault::redeem_0Call { shares, receiver: self.who, owner: self.who };
        ask(&mut self.fork, &self.world.cast, self.who, Program::Vault, call)
    }
}

/// One of the round trips: eight without parts, two with. Nothing is checked where entries are
/// closed, nobody can be tried, or an amount is too small to go through.
pub fn no_free_lunch(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let mut chance = Chance::of(world, 4);
    let trip = chance.below(10);
    if !world.seen.is_open() {
        return Ok(());
    }
    let verdict = match trip {
        0..=3 => in_and_out(world, trip, &mut chance),
        4..=7 => out_and_in(world, trip, &mut chance),
        8 => in_by_parts(world, &mut chance),
        _ => out_by_parts(world, &mut chance),
    };
    // An amount that is refused at a width or as too small is no trip.
    let Ok(verdict) = verdict else { return Ok(()) };
    tally.check(VAU_4, verdict.is_none(), || verdict.unwrap_or_default())
}

/// What was gained in a trip, in words; an error if it did not take place.
type Trip = Result<Option<String>, NoTrip>;

/// Nobody has shares, or a call was refused.
struct NoTrip;

impl From<Refused> for NoTrip {
    fn from(_: Refused) -> Self {
        Self
    }
}

fn gained(gains: bool, words: impl FnOnce() -> String) -> Trip {
    Ok(gains.then(words))
}

fn in_and_out(world: &World, trip: u64, chance: &mut Chance) -> Trip {
    let books = &world.seen.books;
    let mut trial = Trial::new(world, world.cast.address(Actor::Treasury));
    let who = trial.who;
    let rest = world.balance(Program::Vault, who);
    let (assets, shares) = if trip < 2 {
        let assets = chance.amount(books.max_deposit(world.seen.now));
        (assets, trial.deposit(assets)?)
    } else {
        let shares = chance.amount(books.max_mint(world.seen.now));
        (trial.mint(shares)?, shares)
    };
    if trip.is_multiple_of(2) {
        let back = trial.redeem(shares)?;
        return gained(back > assets, || {
            format!("{assets} in for {shares} shares, {back} out for them")
        });
    }
    // To get everything back costs no fewer shares than it gave.
    match trial.withdraw(assets) {
        Err(_) => gained(false, String::new),
        Ok(burned) => gained(burned < shares && rest.is_zero(), || {
            format!("{assets} in for {shares} shares, and out for {burned}")
        }),
    }
}

fn out_and_in(world: &World, trip: u64, chance: &mut Chance) -> Trip {
    let (who, held) = holder(world).ok_or(NoTrip)?;
    let mut trial = Trial::new(world, who);
    let (assets, shares) = if trip < 6 {
        let shares = chance.amount(held);
        (trial.redeem(shares)?, shares)
    } else {
        let assets = chance.amount(world.seen.worth(held));
        (assets, trial.withdraw(assets)?)
    };
    if trip.is_multiple_of(2) {
        let back = trial.deposit(assets)?;
        return gained(back > shares, || {
            format!("{shares} shares out for {assets}, {back} shares in for them")
        });
    }
    let cost = trial.mint(shares)?;
    gained(cost < assets, || format!("{shares} shares out for {assets}, and in for {cost}"))
}

/// Somebody with shares, and how many.
fn holder(world: &World) -> Option<(Address, U256)> {
    [Actor::Alice, Actor::Bob, Actor::Mallory, Actor::Wallet].into_iter().find_map(|actor| {
        let who = world.cast.address(actor);
        let held = world.figure(Program::Vault, Key::Balance(who));
        (!world.seen.worth(held).is_zero()).then_some((who, held))
    })
}

const PARTS: u64 = 3;

/// What a rounding may cost: a wei, or a share where that is more.
fn epsilon(world: &World) -> U256 {
    let share = world.seen.books.assets_for(world.seen.now, U256::ONE, Rounding::Up);
    share.unwrap_or(U256::MAX).max(U256::ONE)
}

fn in_by_parts(world: &World, chance: &mut Chance) -> Trip {
    let assets = chance.amount(world.seen.books.max_deposit(world.seen.now));
    let part = assets / U256::from(PARTS);
    let who = world.cast.address(Actor::Treasury);
    let (mut whole, mut parts) = (Trial::new(world, who), Trial::new(world, who));
    let shares = whole.deposit(assets)?;
    let mut sum = U256::ZERO;
    for at in 1..=PARTS {
        let last = assets - part * U256::from(PARTS - 1);
        sum += parts.deposit(if at == PARTS { last } else { part })?;
    }
    let (all, split) = (whole.redeem(shares)?, parts.redeem(sum)?);
    let least = all.saturating_sub(epsilon(world) * U256::from(PARTS + 1));
    gained(sum > shares || split > all || split < least, || {
        format!("{assets} in at once come to {all}, in {PARTS} parts to {split}")
    })
}

fn out_by_parts(world: &World, chance: &mut Chance) -> Trip {
    let (who, held) = holder(world).ok_or(NoTrip)?;
    let shares = chance.amount(held);
    let part = shares / U256::from(PARTS);
    let (mut whole, mut parts) = (Trial::new(world, who), Trial::new(world, who));
    let all = whole.redeem(shares)?;
    let mut split = U256::ZERO;
    for at in 1..=PARTS {
        let last = shares - part * U256::from(PARTS - 1);
        split += parts.redeem(if at == PARTS { last } else { part })?;
    }
    let least = all.saturating_sub(epsilon(world) * U256::from(PARTS));
    gained(split > all || split < least, || {
        format!("{shares} shares out at once come to {all}, in {PARTS} parts to {split}")
    })
}
