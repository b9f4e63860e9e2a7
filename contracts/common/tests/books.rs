//! The vault's books: their slots, and their limits against what really goes through.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests, not programs"
)]

use alloy_primitives::{Address, U256};
use emetis_common::{
    books::{Books, DEAD_SHARES, DEAD_STAKE, Refusal, SHARES_LIMIT, next_reward, unpack_pending},
    shares::wide,
    stream::{CYCLE, INTERVAL, Stream},
    totals::LIMIT,
};
use proptest::prelude::*;

const NOW: u64 = 1_800_000_000;

fn figure(limit: u128) -> impl Strategy<Value = u128> {
    let any_length = (any::<u128>(), 0..128_u32).prop_map(|(value, shift)| value >> shift);
    prop_oneof![any_length, 0..=limit, Just(limit), Just(limit - 1), 0..3_u128]
        .prop_map(move |value| value.min(limit))
}

fn stream() -> impl Strategy<Value = Stream> {
    (figure(LIMIT), NOW - CYCLE..=NOW, 0..=CYCLE)
        .prop_map(|(amount, start, length)| Stream::new(amount, start, length))
}

/// Books whose figures fit their fields, though no history may lead to them.
fn any_books() -> impl Strategy<Value = Books> {
    (figure(SHARES_LIMIT), figure(LIMIT), stream(), figure(LIMIT), any::<bool>()).prop_map(
        |(shares, ledger, stream, pending, is_paused)| {
            Books::new(shares, ledger, stream, pending).unwrap().with_pause(is_paused)
        },
    )
}

/// Books that a history may lead to: the dead stake is there, and the ledger covers all claims.
fn books() -> impl Strategy<Value = Books> {
    (figure(SHARES_LIMIT), figure(LIMIT), stream(), figure(LIMIT)).prop_filter_map(
        "the ledger covers what is locked and pending",
        |(shares, ledger, stream, pending)| {
            let (shares, ledger) = (shares.max(DEAD_SHARES), ledger.max(DEAD_STAKE));
            let covered = stream.locked_up(NOW) <= ledger && pending <= ledger;
            covered.then(|| Books::new(shares, ledger, stream, pending).unwrap())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8_192))]

    #[test]
    fn the_slots_hold_the_books(books in any_books(), asset: [u8; 20], notified in 0..1_u64 << 40) {
        let before = Address::from(asset).into_word().0;
        let (head, reward) = (books.pack_head(), books.pack_reward(&before));
        let pending = books.pack_pending(notified);

        let field = |slot: &[u8; 32], from: usize, bits: usize| {
            (U256::from_be_bytes(*slot) >> from) & ((U256::ONE << bits) - U256::ONE)
        };
        prop_assert_eq!(field(&head, 0, 104), U256::from(books.shares()));
        prop_assert_eq!(field(&head, 104, 84), U256::from(books.ledger()));
        prop_assert_eq!(field(&head, 188, 40), U256::from(books.stream().start()));
        prop_assert_eq!(field(&head, 228, 20), U256::from(books.stream().length()));
        prop_assert_eq!(field(&head, 248, 1), U256::from(u8::from(books.pending() != 0)));
        prop_assert_eq!(field(&head, 249, 7), U256::from(u8::from(books.is_pause_set())));
        prop_assert_eq!(&reward[12..], &asset[..]);
        prop_assert_eq!(field(&reward, 160, 96), U256::from(books.stream().amount()));
        prop_assert_eq!(unpack_pending(&pending), (books.pending(), notified));
        prop_assert_eq!(Books::unpack(&head, &reward, || pending), books);
    }

    #[test]
    fn the_third_slot_is_read_only_while_a_loss_is_pending(books in any_books()) {
        let (head, reward) = (books.pack_head(), books.pack_reward(&[0; 32]));
        let mut was_read = false;

        let unpacked = Books::unpack(&head, &reward, || {
            was_read = true;
            books.pack_pending(0)
        });

        prop_assert_eq!(unpacked, books);
        prop_assert_eq!(was_read, books.pending() != 0);
    }

    #[test]
    fn no_flow_touches_the_mark_of_a_pause(books in any_books(), amount in figure(LIMIT)) {
        let (is_set, wide) = (books.is_pause_set(), wide(amount));

        let after = [
            books.deposit(NOW, wide).ok().map(|(after, _)| after),
            books.mint(NOW, wide).ok().map(|(after, _)| after),
            books.withdraw(NOW, wide, SHARES_LIMIT).ok().map(|(after, _)| after),
            books.redeem(NOW, amount, SHARES_LIMIT).ok().map(|(after, _)| after),
            books.notify(NOW, wide, 0).ok(),
            books.settle(NOW, wide, U256::ZERO).ok(),
        ];

        prop_assert!(after.into_iter().flatten().all(|after| after.is_pause_set() == is_set));
    }

    #[test]
    fn the_largest_deposit_goes_through_and_no_larger_one(books in books()) {
        let max = books.max_deposit(NOW);

        let more = books.deposit(NOW, wide(max + 1));
        let expected = Err(Refusal::ExceededMax(max));
        prop_assert_eq!(more, expected);
        prop_assert_eq!(books.deposit(NOW, U256::MAX), expected);
        if max > 0 {
            let (after, shares) = books.deposit(NOW, wide(max)).unwrap();
            prop_assert!(shares > 0);
            prop_assert_eq!(after.ledger(), books.ledger() + max);
            prop_assert_eq!(after.shares(), books.shares() + shares);
            prop_assert!(after.shares() <= SHARES_LIMIT && after.ledger() <= LIMIT);
        }
    }

    #[test]
    fn the_largest_mint_goes_through_and_no_larger_one(books in books()) {
        let max = books.max_mint(NOW);

        let expected = Err(Refusal::ExceededMax(max));
        prop_assert_eq!(books.mint(NOW, wide(max + 1)), expected);
        prop_assert_eq!(books.mint(NOW, U256::MAX), expected);
        if max > 0 {
            let (after, assets) = books.mint(NOW, wide(max)).unwrap();
            prop_assert!(assets > 0);
            prop_assert!(after.shares() <= SHARES_LIMIT && after.ledger() <= LIMIT);
        }
    }

    #[test]
    fn the_largest_exits_go_through_and_no_larger_ones(books in books(), part in figure(u128::MAX)) {
        let balance = part.min(books.shares() - DEAD_SHARES);
        let (most, all) = (books.max_withdraw(NOW, balance), books.max_redeem(NOW, balance));

        let beyond = books.withdraw(NOW, wide(most + 1), balance);
        prop_assert_eq!(beyond, Err(Refusal::ExceededMax(most)));
        let beyond = books.redeem(NOW, all + 1, balance);
        prop_assert_eq!(beyond, Err(Refusal::ExceededMax(all)));
        if most > 0 {
            let (_, burned) = books.withdraw(NOW, wide(most), balance).unwrap();
            prop_assert!(burned <= balance);
            let (after, assets) = books.redeem(NOW, all, balance).unwrap();
            prop_assert_eq!(assets, most);
            // Leaving never eats into what is locked or pending.
            prop_assert!(after.ledger() >= books.stream().locked_up(NOW).max(books.pending()));
        }
    }

    #[test]
    fn a_pending_loss_weighs_the_same_before_and_after_it_is_recognised(
        books in books(),
        loss in figure(LIMIT),
        later in 0..=2 * CYCLE,
    ) {
        let loss = loss.min(books.ledger());
        let pending = books.settle(NOW, U256::ZERO, wide(loss)).unwrap();
        let now = NOW + later;

        let recognised = pending.settle(now, wide(loss), U256::ZERO).unwrap();
        let lifted = pending.settle(now, U256::ZERO, U256::ZERO).unwrap();

        prop_assert_eq!(recognised.assets(now), pending.assets(now));
        prop_assert_eq!(recognised.ledger(), books.ledger() - loss);
        prop_assert_eq!(lifted.assets(now), books.ledger() - books.stream().locked_up(now));
        let locked = books.stream().locked_up(now);
        prop_assert_eq!(pending.provision(now), loss.saturating_sub(locked));
        prop_assert_eq!(recognised.stream().locked_up(now), locked.saturating_sub(loss));
    }

    #[test]
    fn rewards_keep_their_distance(first in 0..1_u64 << 39, books in books()) {
        let one = U256::ONE;
        prop_assert_eq!(next_reward(0), 0);

        let next = next_reward(NOW - first % (2 * INTERVAL));
        let notified = books.notify(NOW, one, NOW - first % (2 * INTERVAL));

        let too_early = first % (2 * INTERVAL) < INTERVAL;
        prop_assert_eq!(matches!(notified, Err(Refusal::TooEarly { .. })), too_early);
        if too_early {
            prop_assert_eq!(notified, Err(Refusal::TooEarly { next }));
        }
    }
}

#[test]
fn entries_close_under_a_provision_and_below_the_dead_stake() {
    let open = Books::constructed(NOW);
    let provided = open.settle(NOW, U256::ZERO, U256::ONE).unwrap();
    let lost = open.settle(NOW, U256::ONE, U256::ZERO).unwrap();

    assert!(!open.is_closed(NOW));
    for closed in [provided, lost] {
        assert!(closed.is_closed(NOW));
        assert_eq!((closed.max_deposit(NOW), closed.max_mint(NOW)), (0, 0));
        assert_eq!(closed.deposit(NOW, U256::ONE), Err(Refusal::ExceededMax(0)));
        assert_eq!(closed.mint(NOW, U256::ONE), Err(Refusal::ExceededMax(0)));
    }
}

#[test]
fn a_reward_waits_for_a_provision_but_not_for_a_wipe_out() {
    let books = Books::constructed(NOW);
    let all = wide(DEAD_STAKE);

    let provided = books.settle(NOW, U256::ZERO, all).unwrap();
    let halted = Refusal::Halted { provision: DEAD_STAKE };
    assert_eq!(provided.notify(NOW, U256::ONE, 0), Err(halted));
    let wiped_out = books.settle(NOW, all, U256::ZERO).unwrap();
    let rewarded = wiped_out.notify(NOW, all, 0).unwrap();

    assert!(rewarded.is_closed(NOW) && rewarded.is_closed(NOW + CYCLE - 1));
    assert!(!rewarded.is_closed(NOW + CYCLE));
    assert_eq!(rewarded.assets(NOW + CYCLE), DEAD_STAKE);
}

#[test]
fn losses_beyond_the_ledger_are_refused() {
    let books = Books::constructed(NOW);
    let (all, more) = (wide(DEAD_STAKE), wide(DEAD_STAKE + 1));

    let too_large = Err(Refusal::LossTooLarge { ledger: DEAD_STAKE });
    assert_eq!(books.settle(NOW, more, U256::ZERO), too_large);
    assert_eq!(books.settle(NOW, U256::MAX, U256::ZERO), too_large);
    let left = Err(Refusal::PendingTooLarge { ledger: 0 });
    assert_eq!(books.settle(NOW, all, U256::ONE), left);
    let whole = Err(Refusal::PendingTooLarge { ledger: DEAD_STAKE });
    assert_eq!(books.settle(NOW, U256::ZERO, more), whole);
    assert_eq!(books.settle(NOW, U256::ZERO, U256::MAX), whole);
}

#[test]
fn figures_wider_than_their_fields_are_no_books() {
    let stream = Stream::default();

    assert!(Books::new(SHARES_LIMIT + 1, 0, stream, 0).is_none());
    assert!(Books::new(0, LIMIT + 1, stream, 0).is_none());
    assert!(Books::new(0, 0, Stream::new(LIMIT + 1, 0, 0), 0).is_none());
    assert!(Books::new(0, 0, Stream::new(0, 1 << 40, 0), 0).is_none());
    assert!(Books::new(0, 0, Stream::new(0, 0, 1 << 20), 0).is_none());
    assert!(Books::new(0, 0, stream, LIMIT + 1).is_none());
    assert!(Books::new(SHARES_LIMIT, LIMIT, stream, LIMIT).is_some());
}
