//! Every broken variant of the lens is noticed by a story.

use std::panic::catch_unwind;

use super::kit::under;
use super::{construct, groups, hostile, pools};
use emetis_common::mutants::{IN_LENS_STORIES, Mutant};

/// A broken variant, and a story that goes wrong under it.
const NOTICED: [(Mutant, fn()); 15] = [
    (Mutant::ConstructorRepeats, construct::a_construction_happens_once),
    (Mutant::LensMembersApart, groups::groups_under_one_cap_are_one_part),
    (
        Mutant::LensForgetsLeaving,
        groups::delegations_on_their_way_out_count_with_who_shares_their_cap,
    ),
    (Mutant::LensFirstIsLargest, groups::shares_of_unequal_groups_are_measured),
    (Mutant::LensFirstIsLargest, pools::pools_are_measured_against_each_other_and_direct_positions),
    (Mutant::LensHalfForThird, groups::shares_of_unequal_groups_are_measured),
    (Mutant::LensHalfForThird, pools::pools_are_measured_against_each_other_and_direct_positions),
    (Mutant::LensSkipsLast, groups::sixty_four_sequencers_count_all_of_them),
    (
        Mutant::LensSplitsEarly,
        groups::a_group_is_apart_from_the_second_on_at_which_its_split_is_effective,
    ),
    (Mutant::LensTakesAnyAnswer, hostile::an_answer_of_another_size_is_none),
    (Mutant::LensTakesFailure, hostile::a_program_that_fails_is_named_with_what_it_was_asked),
    (Mutant::LensForgetsDirect, pools::direct_positions_are_one_part_and_bonds_are_none),
    (Mutant::LensCountsBonds, pools::direct_positions_are_one_part_and_bonds_are_none),
    (
        Mutant::LensHidesElsewhere,
        groups::delegations_on_their_way_out_count_with_who_shares_their_cap,
    ),
    (Mutant::LensTakesAnyQuota, construct::the_quota_is_one_that_goes_by_the_staking_program),
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
fn every_number_of_the_lens_has_a_story() {
    for number in IN_LENS_STORIES {
        assert!(NOTICED.iter().any(|(mutant, _)| *mutant as u32 == number), "{number}");
    }
}
