//! Every broken variant of the quota is noticed by a story.

use std::panic::catch_unwind;

use super::kit::under;
use super::{check, churn, grants, groups, limits, plans, scores, stories};
use emetis_common::mutants::{IN_QUOTA_STORIES, Mutant};

/// A broken variant, and a story that goes wrong under it.
const NOTICED: [(Mutant, fn()); 24] = [
    (
        Mutant::OperatorCapSkipped,
        check::an_operator_holds_100_000_metis_while_that_is_more_than_a_fifth,
    ),
    (
        Mutant::OperatorCapSkipped,
        stories::an_operator_that_splits_is_under_one_cap_once_the_curator_says_so,
    ),
    (Mutant::PoolShareIgnored, check::a_pools_share_binds_while_four_hold_five_percent),
    (Mutant::GrantRaisedAtOnce, grants::a_grant_is_raised_two_days_later),
    (Mutant::DirectIgnored, check::direct_positions_hold_half_of_everything_or_100_000_metis),
    (Mutant::ChurnIgnored, churn::a_pool_moves_what_its_bucket_holds),
    (Mutant::SlashKeepsScore, scores::a_slash_halves_operations),
    (Mutant::SlashRecordedTwice, scores::a_slash_is_recorded_once),
    (Mutant::SplitAtOnce, groups::a_group_is_let_go_two_days_later),
    (Mutant::PlanIgnoresGrant, plans::an_allocation_of_everything_fills_every_cap),
    (Mutant::PlanIgnoresGroup, plans::a_group_is_filled_to_its_cap_and_no_further),
    (Mutant::PlanTiesToHigher, plans::of_equal_sequencers_the_lower_id_comes_first),
    (Mutant::ReleaseForgetsIdle, plans::what_is_not_active_is_left_first),
    (Mutant::ScoreIgnored, check::a_sequencer_is_filled_to_what_its_scores_allow),
    (Mutant::GrantIgnored, check::a_pool_holds_what_it_was_granted),
    (Mutant::BatchOpenToAll, scores::batches_are_the_distributors),
    (Mutant::BadIdStopsBatch, scores::an_unknown_id_is_skipped),
    (Mutant::CuratorRaisesLimits, limits::the_curator_lowers_and_never_raises),
    (Mutant::IdleDrawsChurn, churn::leaving_a_sequencer_that_is_not_active_is_free),
    (Mutant::GroupForgotten, groups::groups_under_one_cap_are_measured_together),
    (Mutant::DrawOpenToAll, churn::who_is_no_pool_draws_nothing),
    (Mutant::ScoreRaisedAtOnce, scores::scores_fall_at_once_and_rise_two_days_later),
    (Mutant::SlashSparesWaiting, scores::a_slash_halves_what_waits_too),
    (Mutant::FourthIsOwn, check::a_pools_share_begins_to_bind_wei_by_wei),
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
fn every_number_of_the_quota_has_a_story() {
    for number in IN_QUOTA_STORIES {
        assert!(NOTICED.iter().any(|(mutant, _)| *mutant as u32 == number), "{number}");
    }
}
