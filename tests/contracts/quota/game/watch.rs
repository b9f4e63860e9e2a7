//! What honest parties see after each move, and that it is within the bounds.

use super::super::kit::*;
use super::books::{Books, Caps, Parts, cap_of};
use super::field::Game;
use alloy_primitives::{Address, U256};

/// The cap that a perfect record alone comes to, in METIS, and that after a slash.
const BEST_CAPS: [u64; 2] = [70_384, 59_984];

/// What there is to see between two moves.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// What the honest have: the pool in both, Alice in the first, both bonds.
    stakes: [U256; 5],
    /// What the pool and Alice may still delegate, to the first and to the second.
    rooms: [U256; 4],
    total: U256,
    caps: Caps,
    parts: Parts,
}

impl Watch {
    pub(super) fn look(game: &Game) -> Self {
        let Game { world, honest, .. } = game;
        let [first, second] = *honest;
        let (pool, alice) = (world.pool, world.alice.address);
        let books = Books::read(world);
        let rooms = [(pool, first), (pool, second), (alice, first), (alice, second)];
        let rooms = rooms.map(|(who, id)| {
            let told = world.room(who, id).0;
            assert_eq!(told, books.room(world, who, id), "the room of {who} in {id}");
            told
        });
        Self {
            stakes: [
                world.worth(pool, first),
                world.worth(pool, second),
                world.worth(alice, first),
                world.sequencer(first).bond,
                world.sequencer(second).bond,
            ],
            rooms,
            total: books.total,
            caps: Caps::read(world, &books, pool),
            parts: books.parts(world, honest),
        }
    }

    /// The bounds of everything that came before, since `start`, and of the last move, since `before`.
    pub(super) fn check(&self, start: &Self, before: &Self) {
        assert_eq!(self.stakes, start.stakes, "what the honest have is where it was");

        let put = start.parts.distance(&self.parts);
        for (was, is) in start.rooms.iter().zip(&self.rooms) {
            assert!(*is + put >= *was, "room fell from {was} to {is} by {put} of METIS");
        }

        let moved = before.parts.distance(&self.parts);
        let by = before.caps.moved(&self.caps);
        assert!(by <= moved, "{:?} to {:?} by {moved} wei", before.caps, self.caps);
        // A share moves by its part of all stake, and a wei of rounding.
        let all = before.total.abs_diff(self.total);
        let shares = [
            (before.caps.group, self.caps.group, word(2_000)),
            (before.caps.direct, self.caps.direct, word(5_000)),
        ];
        for (was, is, bps) in shares {
            let most = all * bps / word(10_000) + U256::ONE;
            assert!(was.abs_diff(is) <= most, "{was} to {is} by {all} wei of all stake");
        }
    }
}

/// Scores and churn: what adversaries made of them.
pub(super) fn check_farming(game: &Game) {
    let Game { world, records, buckets, .. } = game;
    for (id, (technical, slashes)) in records {
        let cap = world.told(Quota::capOfCall { id: *id });
        let expected = cap_of([*technical, 5_000 >> slashes, 5_000]);
        assert_eq!(cap, expected, "{id} after {slashes} slashes, with {technical}");
        assert_eq!(world.told(Quota::compositeOfCall { id: *id }), word(game.composite(*id)));
        let most = ether(BEST_CAPS[usize::from(*slashes > 0)]);
        assert!(cap <= most, "{cap} is more than {most}");
    }
    let (now, daily) = (world.chain.time(), game.daily());
    for (pool, bucket) in buckets {
        bucket.check();
        let told = world.told(Quota::churnOfCall { pool: *pool });
        assert_eq!((told.left, told.daily), (bucket.left(now, daily), daily));
    }
    let honest = world.told(Quota::churnOfCall { pool: world.pool });
    assert_eq!((honest.left, honest.daily), (daily, daily), "nobody drew on the honest pool's");
}

/// On forks: everybody honest leaves with what they have, an operator restores the bond up to the most that
/// there may be, unbonds it and exits, and a slash is proposed and executed.
pub(super) fn check_ways_out(game: &Game) {
    let first = game.honest[0];
    let mut gone = game.world.clone();
    let (pool, alice) = (gone.pool, gone.alice.address);
    let mut claims = Vec::new();
    for (who, id) in [(pool, first), (pool, game.honest[1]), (alice, first)] {
        let worth = gone.worth(who, id);
        let bucket = leaves(&mut gone, who, id, worth).ok().output.bucket;
        claims.push((who, id, bucket, worth));
    }
    let (olga, staking) = (Account::named("olga"), gone.staking);
    let bond = gone.sequencer(first).bond;
    let unlock = Staking::requestBondUnlockCall { id: first, assets: ether(1) };
    let bucket = gone.chain.send(olga, staking, unlock).ok().output;
    gone.chain.send(olga, staking, Staking::exitCall { id: first }).ok();
    claims.push((olga.address, first, bucket, bond));
    gone.chain.advance(days(22));
    for (who, id, bucket, worth) in claims {
        assert_eq!(paid(&mut gone, who, id, bucket), worth, "of {who} in {id}");
    }

    let mut slashed = game.world.clone();
    let restored = ether(100_000) - bond;
    slashed.chain.deal(olga, restored);
    let restore = Staking::increaseBondCall { id: first };
    slashed.chain.send(olga, staking, restore).value(restored).ok();
    assert_eq!(slashed.sequencer(first).bond, ether(100_000));
    let told = slashed.sequencer(first);
    let proposal = slashed.propose(first);
    let hold = slashed.chain.view(staking, Staking::holdOfCall { id: first });
    // What unbonds of it is in scope as well.
    assert!(hold.bondLoss >= (told.bond + told.delegated) / word(10), "{}", hold.bondLoss);
    slashed.chain.advance(days(2));
    let (court, execute) = (slashed.suite.slashing_court, Court::executeCall { proposal });
    slashed.chain.send(slashed.keeper, court, execute).ok();
    assert_eq!(slashed.sequencer(first).bond, told.bond - hold.bondLoss, "of the bond first");
    assert_eq!(slashed.worth(pool, first), game.world.worth(pool, first));
}

/// What a matured bucket pays.
fn paid(world: &mut World, who: Address, id: U256, bucket: U256) -> U256 {
    let claim = Staking::claimUnlockedCall { id, buckets: vec![bucket], receiver: who };
    world.chain.send(Account::at(who), world.staking, claim).ok().output
}
