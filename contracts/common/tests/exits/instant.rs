//! Limit, fees and parameters of instant redemptions.

use super::amounts::{amount, bps, exact, ratio, whole};
use emetis_common::limiter::Exceeded;
use emetis_common::redemption::{Instant, MAX_DAILY_BPS, MAX_FEE_BPS};
use emetis_common::staking::{BPS, DAY, LIMIT};
use proptest::prelude::*;

const NOW: u64 = 1_800_000_000;

fn daily_down(supply: u128, daily_bps: u64) -> u128 {
    whole(&(exact(supply) * ratio(daily_bps.into(), BPS)).floor())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn a_day_lets_through_its_part_of_the_supply_and_not_a_wei_more(
        supply in amount(),
        daily_bps in bps(),
        fee in amount(),
    ) {
        let instant = Instant::constructed().with_parameters(50, daily_bps);
        let daily = daily_down(supply, daily_bps);

        prop_assert_eq!(instant.left_down(NOW, supply), daily);
        let refused = Exceeded { assets: daily + 1, left: daily };
        prop_assert_eq!(instant.redeem(NOW, supply, daily + 1, fee), Err(refused));
        let drawn = instant.redeem(NOW, supply, daily, fee).unwrap();
        prop_assert_eq!((drawn.left_down(NOW, supply), drawn.fees()), (0, fee));
        prop_assert_eq!(Instant::unpack(&drawn.pack()), drawn);
        prop_assert_eq!(drawn.left_down(NOW + DAY, supply), daily);
        let half = whole(&(exact(daily) / exact(2)).floor());
        prop_assert_eq!(drawn.left_down(NOW + DAY / 2, supply), half);
    }

    #[test]
    fn fees_add_up_and_are_collected_once(fees in prop::collection::vec(0..=LIMIT >> 5, 1..30)) {
        let mut instant = Instant::constructed();
        for fee in &fees {
            instant = instant.redeem(NOW, LIMIT, 0, *fee).unwrap();
        }

        prop_assert_eq!(instant.fees(), fees.iter().sum::<u128>());
        prop_assert_eq!(instant.collected().fees(), 0);
        let left = instant.left_down(NOW, LIMIT);
        prop_assert_eq!(instant.collected().left_down(NOW, LIMIT), left);
    }

    #[test]
    fn other_parameters_touch_neither_fees_nor_what_is_left_within_the_new_limit(
        supply in amount(),
        (before, after) in (bps(), bps()),
        (fee, part) in (amount(), 0..=1_000_u128),
    ) {
        let daily = daily_down(supply, before);
        let drawn = whole(&(exact(daily) * ratio(part, 1_000)).floor());
        let instant = Instant::constructed().with_parameters(0, before);
        let instant = instant.redeem(NOW, supply, drawn, fee).unwrap();

        let changed = instant.with_parameters(MAX_FEE_BPS, after);

        let left = instant.left_down(NOW, supply).min(daily_down(supply, after));
        prop_assert_eq!(changed.left_down(NOW, supply), left);
        prop_assert_eq!(changed.left_down(NOW + DAY, supply), daily_down(supply, after));
        prop_assert_eq!((changed.fees(), changed.fee_bps()), (fee, MAX_FEE_BPS));
        prop_assert_eq!(changed.daily_bps(), after);
    }

    #[test]
    fn nothing_overflows(slot: [u8; 32], supply: u128, nominal: u128, fee: u128, now: u64) {
        let instant = Instant::unpack(&slot);
        if let Ok(after) = instant.redeem(now, supply, nominal, fee) {
            prop_assert!(after.fees() <= LIMIT);
            prop_assert_eq!(Instant::unpack(&after.pack()), after);
        }
    }
}

#[test]
fn a_limit_of_zero_lets_nothing_through_and_the_whole_supply_is_the_most() {
    let closed = Instant::constructed().with_parameters(0, 0);
    assert_eq!(closed.redeem(NOW, LIMIT, 1, 0), Err(Exceeded { assets: 1, left: 0 }));

    let open = Instant::constructed().with_parameters(0, MAX_DAILY_BPS);
    assert_eq!(open.left_down(NOW, LIMIT), LIMIT);
}
