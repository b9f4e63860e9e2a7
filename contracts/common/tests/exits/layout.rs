//! What is stored comes back, and each figure has bits of its own.

use alloy_primitives::{Address, U256};
use emetis_common::account::Account;
use emetis_common::limiter::Limiter;
use emetis_common::queue::{Batch, Filled, Head, Number, Sums, Ticket};
use emetis_common::redemption::Instant;
use emetis_common::staking::LIMIT;
use emetis_common::wait::Wait;
use proptest::prelude::*;

const TIME: u64 = (1 << 40) - 1;

/// A figure of so many bits, often an edge.
fn wide(bits: u32) -> impl Strategy<Value = u128> {
    let most = u128::MAX >> (128 - bits);
    prop_oneof![Just(0), Just(1), Just(most), 0..=most]
}

fn narrow(bits: u32) -> impl Strategy<Value = u64> {
    wide(bits).prop_map(|value| value as u64)
}

/// The slot that holds these figures from its lowest bit, at these places.
fn slot(fields: &[(usize, u128)]) -> [u8; 32] {
    let put = |sum, (from, value): &(usize, u128)| sum | (U256::from(*value) << *from);
    fields.iter().fold(U256::ZERO, put).to_be_bytes()
}

fn account(bytes: [u8; 20]) -> Account {
    Account::new(Address::from(bytes))
}

/// A slot that holds an account and more above it.
fn slot_of(account: [u8; 20], fields: &[(usize, u128)]) -> [u8; 32] {
    let mut slot = slot(fields);
    slot[12..].copy_from_slice(&account);
    slot
}

proptest! {
    #[test]
    fn a_limiter_comes_back(level in wide(84), time in narrow(40), rest in narrow(17)) {
        let limiter = Limiter::new(level, time, rest);

        prop_assert_eq!(limiter.pack(), slot(&[(0, level), (84, time.into()), (128, rest.into())]));
        prop_assert_eq!(Limiter::unpack(&limiter.pack()), limiter);
    }

    #[test]
    fn instant_redemptions_come_back(
        (level, time, rest) in (wide(84), narrow(40), narrow(17)),
        (fees, fee_bps, daily_bps) in (wide(84), narrow(10), narrow(14)),
    ) {
        let fields = [
            (0, level),
            (84, time.into()),
            (128, rest.into()),
            (145, fees),
            (229, fee_bps.into()),
            (239, daily_bps.into()),
        ];

        let instant = Instant::unpack(&slot(&fields));

        prop_assert_eq!(instant.pack(), slot(&fields));
        prop_assert_eq!(instant.fees(), fees);
        prop_assert_eq!((instant.fee_bps(), instant.daily_bps()), (fee_bps, daily_bps));
        // A part of the supply that is at least the level shows it.
        let full = instant.with_parameters(fee_bps, 10_000);
        let limiter = Limiter::new(level, time, rest);
        prop_assert_eq!(full.left_down(time, LIMIT), limiter.left_down(time, LIMIT));
        prop_assert_eq!(full.with_parameters(fee_bps, daily_bps), instant);
    }

    #[test]
    fn a_wait_comes_back(
        (pending, end) in (wide(84), narrow(40)),
        (period, count) in (narrow(40), narrow(2)),
    ) {
        let fields = [(0, pending), (84, end.into()), (128, period.into()), (168, count.into())];

        let wait = Wait::unpack(&slot(&fields));

        prop_assert_eq!(wait.pack(), slot(&fields));
        prop_assert_eq!(wait.pending(), pending);
        prop_assert_eq!(wait.until(0), end);
    }

    #[test]
    fn a_head_comes_back(
        hub: [u8; 20],
        (batch, front) in (any::<u32>(), any::<u32>()),
        (length, is_counted) in (narrow(24), any::<bool>()),
    ) {
        let counted = u128::from(is_counted);
        let fields =
            [(160, batch.into()), (192, front.into()), (224, length.into()), (248, counted)];

        let head = Head::unpack(&slot_of(hub, &fields));

        prop_assert_eq!(head.pack(), slot_of(hub, &fields));
        prop_assert_eq!((head.hub(), head.batch(), head.front()), (account(hub), batch, front));
        prop_assert_eq!(head.length(), length);
        let last = Batch::new(7, 0, 1);
        prop_assert_eq!(head.uncounted(&last), if is_counted { 0 } else { 7 });
        prop_assert_eq!(head.with_length(1).with_length(length), head);
        prop_assert_eq!(head.with_front(2).with_front(front), head);
    }

    #[test]
    fn a_batch_comes_back(nominal in wide(84), closes in narrow(40), tickets: u32) {
        let batch = Batch::new(nominal, closes, tickets);
        let fields = [(0, nominal), (84, closes.into()), (128, tickets.into())];

        prop_assert_eq!(batch.pack(), slot(&fields));
        prop_assert_eq!(Batch::unpack(&batch.pack()), batch);
        prop_assert_eq!((batch.nominal(), batch.closes()), (nominal, closes));
        prop_assert_eq!(batch.tickets(), tickets);
    }

    #[test]
    fn what_a_batch_was_filled_with_comes_back(
        batch in wide(84),
        nominal in wide(84),
        assets in wide(84),
    ) {
        let filled = Filled::new(batch, nominal, assets);

        prop_assert_eq!(filled.pack(), slot(&[(0, batch), (84, nominal), (168, assets)]));
        prop_assert_eq!(Filled::unpack(&filled.pack()), filled);
        prop_assert_eq!((filled.nominal(), filled.assets()), (nominal, assets));
        prop_assert_eq!(filled.is_whole(), batch == nominal && batch > 0);
    }

    #[test]
    fn sums_come_back(waiting in wide(84), escrow in wide(84)) {
        let sums = Sums { waiting, escrow };

        prop_assert_eq!(sums.pack(), slot(&[(0, waiting), (84, escrow)]));
        prop_assert_eq!(Sums::unpack(&sums.pack()), sums);
    }

    #[test]
    fn a_ticket_and_its_number_come_back(
        owner: [u8; 20],
        nominal in wide(84),
        [is_claimed, is_approved] in any::<[bool; 2]>(),
        (batch, place) in (any::<u32>(), any::<u32>()),
        beyond: [u8; 32],
    ) {
        let ticket = Ticket { owner: account(owner), nominal, is_claimed, is_approved };
        let marks = [(160, nominal), (244, is_claimed.into()), (245, is_approved.into())];
        let number = Number { batch, place };

        prop_assert_eq!(ticket.pack(), slot_of(owner, &marks));
        prop_assert_eq!(Ticket::unpack(&ticket.pack()), ticket);
        prop_assert_eq!(number.word(), slot(&[(0, place.into()), (32, batch.into())]));
        prop_assert_eq!(Number::read(&number.word()), Some(number));
        let fits = U256::from_be_bytes(beyond) <= U256::from(u64::MAX);
        prop_assert_eq!(Number::read(&beyond).is_some(), fits);
    }
}

#[test]
fn the_latest_time_of_a_slot_is_in_34_000_years() {
    let wait = Wait::default().settle(TIME - 1, 1, u64::MAX);

    assert_eq!(wait.until(TIME - 1), TIME);
    assert_eq!(Wait::unpack(&wait.pack()), wait);
}
