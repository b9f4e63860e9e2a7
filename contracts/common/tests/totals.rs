//! The hub's books against plain big integers.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use alloy_primitives::U256;
use emetis_common::totals::{HALT_TOLERANCE, LIMIT, Refusal, Totals};
use proptest::prelude::*;

/// A figure of the books, often at an edge.
fn figure() -> impl Strategy<Value = u128> {
    prop_oneof![
        Just(0),
        Just(1),
        Just(LIMIT),
        Just(LIMIT - 1),
        0..=LIMIT,
        (0..84_u32, 0..3_u128).prop_map(|(bit, off)| (1_u128 << bit).saturating_sub(off)),
        (0..3_u128).prop_map(|off| HALT_TOLERANCE + off),
    ]
}

fn books() -> impl Strategy<Value = Totals> {
    (figure(), figure(), figure(), any::<bool>()).prop_map(|(supply, buffer, placed, is_paused)| {
        Totals::new(supply, buffer, placed).unwrap().with_pause(is_paused)
    })
}

fn assets() -> impl Strategy<Value = u128> {
    prop_oneof![figure(), any::<u128>(), Just(u128::MAX)]
}

/// What the interface promises of a deposit, in big integers.
fn expected(books: &Totals, assets: u128) -> Result<(U256, U256), Refusal> {
    let (supply, buffer) = (books.supply(), books.buffer());
    let big = U256::from::<u128>;
    let backing = big(buffer) + big(books.placed());
    if assets == 0 {
        Err(Refusal::AssetsZero)
    } else if backing + big(HALT_TOLERANCE) < big(supply) {
        Err(Refusal::Halted { backing: backing.to(), supply })
    } else if big(supply) + big(assets) > big(LIMIT) {
        Err(Refusal::SupplyOverflow { supply })
    } else if big(buffer) + big(assets) > big(LIMIT) {
        Err(Refusal::BufferOverflow { buffer })
    } else {
        Ok((big(supply) + big(assets), big(buffer) + big(assets)))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn the_slot_holds_four_fields_from_its_lowest_bit(books in books()) {
        let slot = U256::from_be_bytes(books.pack());

        let field = |from: usize, bits: usize| (slot >> from) & ((U256::ONE << bits) - U256::ONE);
        prop_assert_eq!(field(0, 84), U256::from(books.supply()));
        prop_assert_eq!(field(84, 84), U256::from(books.buffer()));
        prop_assert_eq!(field(168, 84), U256::from(books.placed()));
        prop_assert_eq!(field(252, 1), U256::ONE);
        prop_assert_eq!(field(253, 3), U256::from(u8::from(books.is_pause_set())));
        prop_assert_eq!(Totals::unpack(&books.pack()), books);
    }

    #[test]
    fn any_slot_is_read_and_written_back(slot: [u8; 32]) {
        prop_assert_eq!(Totals::unpack(&slot).pack(), slot);
    }

    #[test]
    fn a_deposit_does_what_the_interface_says(books in books(), assets in assets()) {
        let after = books.deposit(assets);

        let figures = after.map(|after| (U256::from(after.supply()), U256::from(after.buffer())));
        prop_assert_eq!(figures, expected(&books, assets));
        if let Ok(after) = after {
            prop_assert_eq!(after.placed(), books.placed());
            prop_assert_eq!(after.shortfall(), books.shortfall());
            prop_assert!(after.is_constructed());
        }
    }

    #[test]
    fn no_flow_touches_the_mark_of_a_pause(books in books(), assets in assets()) {
        let is_set = books.is_pause_set();

        let after = [books.deposit(assets).ok(), books.receive_rewards(assets).ok()];

        prop_assert!(after.into_iter().flatten().all(|after| after.is_pause_set() == is_set));
        prop_assert_eq!(books.burn(assets).is_pause_set(), is_set);
        prop_assert_eq!(books.with_pause(!is_set).with_pause(is_set), books);
    }

    #[test]
    fn rewards_do_what_a_deposit_does_but_never_halt(books in books(), assets in assets()) {
        let rewards = books.receive_rewards(assets);

        match books.deposit(assets) {
            Err(Refusal::Halted { .. }) => {
                let halted = matches!(rewards, Err(Refusal::Halted { .. }));
                prop_assert!(!halted);
            }
            deposit => prop_assert_eq!(rewards, deposit),
        }
    }

    #[test]
    fn the_largest_deposit_goes_through_and_one_more_wei_does_not(books in books()) {
        let max = books.max_deposit();

        prop_assert_eq!(books.deposit(max).is_ok(), max > 0);
        prop_assert!(books.deposit(max + 1).is_err());
    }
}

#[test]
fn figures_beyond_84_bits_are_no_books() {
    assert!(Totals::new(LIMIT, LIMIT, LIMIT).is_some());
    assert_eq!(Totals::new(LIMIT + 1, 0, 0), None);
    assert_eq!(Totals::new(0, LIMIT + 1, 0), None);
    assert_eq!(Totals::new(0, 0, LIMIT + 1), None);
}

#[test]
fn books_that_were_never_constructed_take_nothing() {
    let books = Totals::unpack(&[0; 32]);

    assert!(!books.is_constructed());
    assert_eq!(books.max_deposit(), 0);
}
