//! What a batch is filled with, and what its tickets get of it.

use super::amounts::{amount, exact, near, ratio, whole};
use emetis_common::queue::{Fill, Filled};
use emetis_common::redemption::Rate;
use num_rational::BigRational;
use proptest::prelude::*;

/// The buffer, what is placed beside it, and the nominals of one batch and the other eMETIS.
#[derive(Clone, Debug)]
struct Books {
    buffer: u128,
    placed: u128,
    tickets: Vec<u128>,
    others: u128,
}

impl Books {
    fn batch(&self) -> u128 {
        self.tickets.iter().sum()
    }

    fn rate(&self, filled: &Filled) -> Rate {
        Rate::new(self.buffer + self.placed, self.batch() - filled.nominal() + self.others)
    }

    fn exactly(&self, filled: &Filled) -> BigRational {
        let supply = self.batch() - filled.nominal() + self.others;
        let backing = self.buffer + self.placed;
        if backing >= supply { exact(1) } else { ratio(backing, supply) }
    }
}

fn books() -> impl Strategy<Value = Books> {
    let tickets = prop::collection::vec(amount().prop_map(|nominal| (nominal >> 5) + 1), 1..9);
    (tickets, amount(), 0..=1_100_u128, 0..=1_000_u128).prop_map(
        |(tickets, others, backed, free)| {
            let others = others >> 1;
            let supply = tickets.iter().sum::<u128>() + others;
            let backing = whole(&(exact(supply) * ratio(backed, 1_000)).floor());
            let buffer = whole(&(exact(backing) * ratio(free, 1_000)).floor());
            Books { buffer, placed: backing - buffer, tickets, others }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn one_fill_takes_what_all_of_it_stands_for_or_as_much_as_is_there(
        (batch, filled) in (amount(), 0..=1_000_u128),
        (backing, supply) in (amount(), amount()),
        available in amount(),
    ) {
        let so_far = whole(&(exact(batch) * ratio(filled, 1_000)).floor());
        let (before, rate) = (Filled::new(batch, so_far, 0), Rate::new(backing, supply));

        let (after, Fill { nominal, assets }) = before.fill(batch, &rate, available);

        prop_assert!(nominal <= batch - so_far && assets <= available);
        prop_assert_eq!(assets, rate.assets_down(nominal));
        prop_assert_eq!(after.nominal(), so_far + nominal);
        prop_assert_eq!(after.assets(), assets);
        prop_assert_eq!(after.is_whole(), batch > 0 && nominal == batch - so_far);
        if !after.is_whole() && batch > 0 {
            // What is left of the METIS would not pay for as much eMETIS as one wei more.
            prop_assert!(rate.assets_down(batch - so_far) > available);
            prop_assert_eq!(nominal, rate.nominal_down(available).min(batch - so_far));
        }
    }

    #[test]
    fn shares_never_sum_to_more_than_there_is_and_dust_is_below_a_wei_for_each_ticket(
        books in books(),
        fills in prop::collection::vec((1..=1_000_u128, 0..=100_u128), 1..8),
    ) {
        let (mut books, mut filled) = (books, Filled::default());
        let (batch, mut shares) = (books.batch(), vec![0; books.tickets.len()]);
        for (part, gained) in fills {
            // METIS comes back from sequencers, a loss takes some.
            let (back, lost) = (books.placed / 1_000 * part, books.placed / 1_000 * gained / 10);
            books.placed = books.placed.saturating_sub(back);
            books.buffer += back;
            books.placed = books.placed.saturating_sub(lost);
            let before = books.exactly(&filled);
            let (after, fill) = filled.fill(batch, &books.rate(&filled), books.buffer);
            filled = Filled::unpack(&after.pack());
            books.buffer -= fill.assets;

            // Nobody else's eMETIS stands for less, or for a wei more.
            let left = exact(batch - filled.nominal() + books.others);
            if left > exact(0) {
                let raise = books.exactly(&filled) - before;
                prop_assert!(raise >= exact(0));
                prop_assert!(raise * left < exact(1));
            }
            let now: Vec<_> =
                books.tickets.iter().map(|ticket| filled.share_down(*ticket)).collect();
            prop_assert!(now.iter().zip(&shares).all(|(now, before)| now >= before));
            prop_assert!(now.iter().zip(&books.tickets).all(|(share, ticket)| share <= ticket));
            shares = now;
            let sum: u128 = shares.iter().sum();
            prop_assert!(sum <= filled.assets());
            prop_assert!(filled.assets() - sum < shares.len() as u128);
        }
    }

    #[test]
    fn a_share_is_the_exact_part_rounded_down(
        assets in amount(),
        (batch, ticket) in
            amount().prop_flat_map(|batch| (Just(batch), near(vec![batch, batch / 2]))),
    ) {
        let some = ticket.min(batch);
        let share = Filled::new(batch, batch, assets).share_down(some);

        let exactly = if batch == 0 { exact(0) } else { exact(some) * ratio(assets, batch) };
        prop_assert_eq!(share, whole(&exactly.floor()));
    }
}

#[test]
fn a_batch_that_stands_for_nothing_is_filled_with_nothing() {
    let (filled, fill) = Filled::default().fill(100, &Rate::new(0, 500), 0);

    assert_eq!(fill, Fill { nominal: 100, assets: 0 });
    assert!(filled.is_whole());
    assert_eq!(filled.share_down(100), 0);
}

#[test]
fn nothing_there_fills_nothing() {
    let (filled, fill) = Filled::default().fill(100, &Rate::new(500, 500), 0);

    assert_eq!((fill.nominal, fill.assets, filled.is_whole()), (0, 0, false));
}
