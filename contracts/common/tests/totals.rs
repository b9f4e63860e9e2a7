//! The hub's books, and all that may become of them, against plain big integers.
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
    (figure(), figure(), figure(), any::<[bool; 2]>()).prop_map(
        |(supply, buffer, placed, marks)| {
            let [is_paused, is_waiting] = marks;
            Totals::new(supply, buffer, placed).unwrap().with_pause(is_paused).with_wait(is_waiting)
        },
    )
}

fn assets() -> impl Strategy<Value = u128> {
    prop_oneof![figure(), any::<u128>(), Just(u128::MAX)]
}

fn big(figure: u128) -> U256 {
    U256::from(figure)
}

/// Supply, buffer and placed.
fn figures(books: Totals) -> [U256; 3] {
    [books.supply(), books.buffer(), books.placed()].map(big)
}

/// What the interface promises of a deposit, in big integers.
fn expected(books: &Totals, assets: u128) -> Result<(U256, U256), Refusal> {
    let (supply, buffer) = (books.supply(), books.buffer());
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
        let marks = u8::from(books.is_pause_set()) | u8::from(books.is_wait_set()) << 1;
        prop_assert_eq!(field(253, 3), U256::from(marks));
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
    fn no_flow_touches_the_marks(books in books(), assets in assets(), owed in assets()) {
        let marks =
            |books: Totals| [books.is_constructed(), books.is_pause_set(), books.is_wait_set()];

        let after = [
            books.deposit(assets),
            books.receive_rewards(assets),
            Ok(books.burn(assets)),
            books.redeem(assets, assets, owed),
            books.place(assets, owed),
            books.receive_unbonded(assets),
            books.receive_backing(assets),
            books.lose(assets),
        ];

        prop_assert!(after.into_iter().flatten().all(|after| marks(after) == marks(books)));
        let (is_paused, is_waiting) = (books.is_pause_set(), books.is_wait_set());
        prop_assert_eq!(books.with_pause(!is_paused).with_pause(is_paused), books);
        prop_assert_eq!(books.with_wait(!is_waiting).with_wait(is_waiting), books);
        prop_assert_eq!(books.with_wait(!is_waiting).is_pause_set(), is_paused);
    }

    #[test]
    fn a_redemption_takes_of_the_buffer_beyond_what_is_owed(
        books in books(),
        (nominal, assets, owed) in (assets(), assets(), assets()),
    ) {
        let left = big(books.buffer()).saturating_sub(big(owed));

        let expected = if big(assets) > left {
            Err(Refusal::BufferTooSmall { available: left.to() })
        } else {
            let supply = big(books.supply()).saturating_sub(big(nominal));
            Ok([supply, big(books.buffer()) - big(assets), big(books.placed())])
        };

        prop_assert_eq!(books.redeem(nominal, assets, owed).map(figures), expected);
        prop_assert_eq!(big(books.available(owed)), left);
    }

    #[test]
    fn placing_moves_what_is_not_owed_and_backing_stays(
        books in books(),
        (assets, owed) in (assets(), assets()),
    ) {
        let left = big(books.buffer()).saturating_sub(big(owed));

        let expected = if assets == 0 {
            Err(Refusal::AssetsZero)
        } else if big(assets) > left {
            Err(Refusal::BufferTooSmall { available: left.to() })
        } else if big(books.placed()) + big(assets) > big(LIMIT) {
            Err(Refusal::PlacedOverflow { placed: books.placed() })
        } else {
            let placed = big(books.placed()) + big(assets);
            Ok([big(books.supply()), big(books.buffer()) - big(assets), placed])
        };

        let after = books.place(assets, owed);
        prop_assert_eq!(after.map(figures), expected);
        if let Ok(after) = after {
            prop_assert_eq!(after.backing(), books.backing());
            prop_assert_eq!(after.receive_unbonded(assets), Ok(books), "and back again");
        }
    }

    #[test]
    fn what_comes_back_was_placed_and_what_is_lost_too(books in books(), assets in assets()) {
        let placed = big(books.placed());

        let expected = if assets == 0 {
            Err(Refusal::AssetsZero)
        } else if big(assets) > placed {
            Err(Refusal::PlacedTooSmall { placed: books.placed() })
        } else if big(books.buffer()) + big(assets) > big(LIMIT) {
            Err(Refusal::BufferOverflow { buffer: books.buffer() })
        } else {
            Ok([big(books.supply()), big(books.buffer()) + big(assets), placed - big(assets)])
        };
        prop_assert_eq!(books.receive_unbonded(assets).map(figures), expected);

        let expected = if big(assets) > placed {
            Err(Refusal::PlacedTooSmall { placed: books.placed() })
        } else {
            Ok([big(books.supply()), big(books.buffer()), placed - big(assets)])
        };
        prop_assert_eq!(books.lose(assets).map(figures), expected);
    }

    #[test]
    fn backing_comes_in_up_to_what_is_missing(books in books(), assets in assets()) {
        let backing = big(books.buffer()) + big(books.placed());
        let shortfall = big(books.supply()).saturating_sub(backing);

        let expected = if assets == 0 {
            Err(Refusal::AssetsZero)
        } else if big(assets) > shortfall {
            Err(Refusal::BackingTooLarge { shortfall: shortfall.to() })
        } else {
            // No overflow: the buffer is at most the supply afterwards.
            Ok([big(books.supply()), big(books.buffer()) + big(assets), big(books.placed())])
        };

        prop_assert_eq!(books.receive_backing(assets).map(figures), expected);
        prop_assert_eq!(books.shortfall(), shortfall.to::<u128>());
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
