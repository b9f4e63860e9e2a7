//! The steps of a commission, and the slots of the registry.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use alloy_primitives::{Address, B256, keccak256};
use emetis_common::account::Account;
use emetis_common::commission::{Announcement, DELAY, OPEN, Refusal, STEP};
use emetis_common::signer::{self, Signer, TERM};
use proptest::prelude::*;

const START: u64 = 1_800_000_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn what_was_announced_is_applied_in_its_week_by_a_step_below_the_highest(
        wait in prop_oneof![0..4 * DELAY, DELAY - 1..=DELAY + 1, DELAY + OPEN - 1..=DELAY + OPEN + 1],
        bps in 0..6_000_u64,
        current in 0..6_000_u64,
        max in 0..=5_000_u64,
    ) {
        let announced = Announcement::new(START, bps);
        let now = START + wait;

        let outcome = announced.apply(now, current, max);

        let expected = match wait {
            _ if wait >= DELAY + OPEN => Err(Refusal::Missing),
            _ if wait < DELAY => Err(Refusal::TooEarly { due: START + DELAY }),
            _ if bps > max => Err(Refusal::TooHigh { bps }),
            _ if bps > current + STEP => Err(Refusal::StepTooLarge { bps }),
            _ => Ok(bps),
        };
        prop_assert_eq!(outcome, expected);
        prop_assert_eq!(announced.open(now) == announced, wait < DELAY + OPEN);
        prop_assert_eq!(Announcement::unpack(&announced.pack()), announced);
        prop_assert_eq!(Announcement::default().apply(now, current, max), Err(Refusal::Missing));
    }

    #[test]
    fn a_signer_is_its_key_and_serves_its_term(key: [[u8; 32]; 2], since in 0..1_u64 << 40) {
        let account = signer::of_key(&key);
        let hash = keccak256(key.as_flattened());
        let signer = Signer { account, since };

        prop_assert_eq!(Address::from(account), Address::from_word(hash));
        prop_assert_eq!(Signer::unpack(&signer.pack()), signer);
        prop_assert_eq!(signer.next(), since + TERM);
        prop_assert_eq!(Account::low(&B256::from(signer.pack()).0), account);
    }
}
