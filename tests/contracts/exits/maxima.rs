//! What views promise goes through, and a wei more does not.

use emetis::campaign::amounts::{amount_below, near};
use proptest::prelude::*;

use super::super::chance::check;
use super::kit::*;

/// A world of any books, which the views are asked about.
#[derive(Clone, Debug)]
struct Case {
    supply: U256,
    buffer: U256,
    placed: U256,
    balance: U256,
    /// What waits in the queue.
    due: U256,
    /// What was drawn on the limit before, and how long ago.
    drawn: U256,
    seconds: u64,
    fee_bps: u64,
    daily_bps: u64,
    waits: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let figure =
        || prop_oneof![3 => amount_below(84), 1 => (-2_i8..=0).prop_map(|by| near(LIMIT, by))];
    let daily = prop_oneof![2 => 0..=10_000_u64, 1 => Just(10_000), 1 => Just(0)];
    let seconds = prop_oneof![0..=100_u64, 0..=days(1)];
    let books = (figure(), figure(), figure(), figure(), -3_i8..=3);
    let limits = (figure(), seconds, 0..=500_u64, daily, any::<u8>());
    (books, limits).prop_map(|((supply, buffer, placed, due, by), limits)| {
        let (drawn, seconds, fee_bps, daily_bps, dice) = limits;
        // Often near what is backed, and held by one account.
        let placed =
            if dice & 1 == 0 { near(supply, by).saturating_sub(buffer).min(LIMIT) } else { placed };
        let balance = if dice & 2 == 0 { supply } else { supply >> 3 };
        let due = if dice & 4 == 0 { ZERO } else { due };
        let waits = dice >> 5 == 0;
        Case { supply, buffer, placed, balance, due, drawn, seconds, fee_bps, daily_bps, waits }
    })
}

impl Case {
    /// The world, or none if there is not as much to redeem before.
    fn world(&self, origin: &World) -> World {
        let mut world = origin.clone();
        let (alice, hub) = (world.alice, world.hub);
        world.set_redemption(self.fee_bps, self.daily_bps);
        // Something was drawn, as far as the limit goes.
        world.set_books(Books::new(self.supply, LIMIT, ZERO));
        world.set_balance(alice, self.supply);
        let drawn = world.left().min(self.drawn);
        world.chain.deal(hub, LIMIT + LIMIT);
        // If it pays.
        let _ = world.chain.send(alice, hub, redeem_now(drawn, alice)).run();
        world.chain.advance(self.seconds);
        // Due is what the batch that is open holds.
        world.set_books(Books::new(self.supply, self.buffer, self.placed));
        world.set_balance(alice, self.balance);
        let batch = emetis_common::queue::Batch::new(self.due.to(), u64::MAX >> 24, 1);
        let slot = U256::from_be_bytes(emetis_common::slots::numbered(
            emetis_common::slots::queue::BATCH,
            0,
            0,
        ));
        let queue = world.suite.redemption_queue;
        world.chain.set_storage(queue, slot, U256::from_be_bytes(batch.pack()));
        if self.waits {
            world.settle(ZERO, ONE, 10);
        }
        world
    }
}

#[test]
fn the_largest_instant_redemption_goes_through_and_pays_what_was_told() {
    let origin = world();
    check(1_000, &case(), |case| {
        let world = case.world(&origin);
        let (alice, carol, hub) = (world.alice, world.carol, world.hub);
        prop_assert_eq!(
            world.chain.view(world.suite.redemption_queue, Queue::dueCall {}),
            case.due
        );
        let max = world.max_redeem_now(alice);

        let mut fork = world.clone();
        let told = fork.chain.view(hub, Hub::previewRedeemNowCall { nominal: max });
        let outcome = fork.chain.send(alice, hub, redeem_now(max, carol)).run();
        prop_assert_eq!(outcome.is_ok(), max > ZERO, "{:?}", outcome.err());
        if max > ZERO {
            prop_assert_eq!(fork.metis(carol), told.assets);
            prop_assert_eq!(fork.fees() - world.fees(), told.fee);
            prop_assert_eq!(fork.balance(alice), case.balance - max);
        }
        let mut fork = world.clone();
        let more = fork.chain.send(alice, hub, redeem_now(max + ONE, carol)).run();
        prop_assert!(more.is_err(), "{max} was told and {} went through", max + ONE);
        Ok(())
    });
}
