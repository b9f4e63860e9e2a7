//! Every broken variant of the ways out is noticed by a story.

use std::panic::catch_unwind;

use emetis_common::mutants::{IN_EXIT_STORIES, Mutant};

use super::kit::under;
use super::{fees, fill, limits, placing, priority, redeem_now, settle, waits};

/// A broken variant, and a story that goes wrong under it.
const NOTICED: [(Mutant, fn()); 17] = [
    (Mutant::RedeemNowIgnoresDue, priority::what_waits_in_the_queue_is_not_redeemed_at_once),
    (
        Mutant::RedeemNowUnlimited,
        limits::a_day_lets_through_a_hundredth_of_the_supply_and_not_a_wei_more,
    ),
    (Mutant::RedeemNowFree, redeem_now::a_redemption_burns_pays_and_keeps_a_fee),
    (Mutant::RedeemNowKeepsSupply, redeem_now::a_redemption_burns_pays_and_keeps_a_fee),
    (Mutant::RedeemNowForgetsFee, redeem_now::a_redemption_burns_pays_and_keeps_a_fee),
    (Mutant::RedeemNowAboveBacking, redeem_now::below_backing_it_pays_its_part_of_the_backing),
    (Mutant::FillOpenToAll, fill::only_the_queue_fills),
    (Mutant::FillOverpays, fill::a_fill_pays_at_most_what_the_emetis_stands_for),
    (Mutant::PlaceIgnoresDue, priority::what_waits_in_the_queue_is_not_placed),
    (Mutant::PlaceOpenToAll, placing::only_the_allocator_places_and_brings_back),
    (Mutant::LossPendingIgnored, waits::deposits_and_redemptions_wait_until_that_second),
    (Mutant::LossPendingForEver, waits::a_wait_lasts_14_days_whatever_the_allocator_says),
    (Mutant::UnbondedIsGain, placing::what_comes_back_is_no_longer_placed),
    (Mutant::FeesCollectedTwice, fees::fees_become_backing_and_as_much_emetis_once),
    (Mutant::SweepTakesFees, fees::fees_are_no_donations),
    (Mutant::BackingBeyondSupply, placing::backing_comes_in_up_to_what_is_missing),
    (Mutant::SettleSpares, settle::a_loss_lowers_what_is_placed_and_is_missing_from_then_on),
];

/// The number that switches the build with all variants on, and none of them.
const NONE: u32 = u32::MAX;

#[test]
fn every_variant_is_noticed_and_the_build_without_one_is_not() {
    let mut survivors = Vec::new();
    for (mutant, story) in NOTICED {
        under(NONE, story);
        if catch_unwind(|| under(mutant as u32, story)).is_ok() {
            survivors.push(mutant);
        }
        under(0, || {});
    }
    assert!(survivors.is_empty(), "{survivors:?}");
}

#[test]
fn every_number_of_the_ways_out_has_a_story() {
    let found: Vec<_> = NOTICED.iter().map(|(mutant, _)| *mutant as u32).collect();
    assert_eq!(found, IN_EXIT_STORIES.collect::<Vec<_>>());
}
