//! Every broken variant of the quota is noticed by a story.

use std::panic::catch_unwind;

use super::game::{self, operators, squat, total};
use super::kit::under;
use super::{check, churn, grants, groups, limits, plans, scores, stories};
use emetis_common::mutants::{IN_GAME_STORIES, IN_QUOTA_STORIES, Mutant};

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

/// A broken variant that gives adversaries more than the bounds, and a story that notices.
const REACHED: &[(Mutant, fn())] = &[
    (Mutant::FourthJumps, total::a_fourth_pool_presses_wei_by_wei),
    (Mutant::FourthJumps, game::continuity::a_wei_of_stake_moves_no_cap_by_more_than_a_wei),
    (Mutant::PoolShareIgnored, total::a_fourth_pool_presses_wei_by_wei),
    (Mutant::PoolShareIgnored, total::a_pools_share_falls_by_a_third_of_what_leaves),
    (Mutant::FourthIsOwn, game::continuity::a_wei_of_stake_moves_no_cap_by_more_than_a_wei),
    (Mutant::FloorIsACliff, total::the_floor_of_an_operator_is_no_cliff),
    (
        Mutant::QuotaStopsExit,
        total::a_whale_that_leaves_lowers_shares_by_their_part_and_pushes_nobody_out,
    ),
    (
        Mutant::SequencerDirectIgnored,
        squat::a_direct_squatter_gets_half_of_a_cap_and_nothing_of_a_grant,
    ),
    (Mutant::GrantCountsOthers, squat::a_direct_squatter_gets_half_of_a_cap_and_nothing_of_a_grant),
    (Mutant::GrantCountsOthers, squat::a_pool_squats_its_grant_and_a_metis_denies_a_metis),
    (Mutant::GrantIgnored, squat::a_pool_squats_its_grant_and_a_metis_denies_a_metis),
    (Mutant::DirectCountsPools, squat::a_metis_that_squats_the_direct_bucket_denies_a_metis_of_it),
    (
        Mutant::DirectIgnored,
        squat::the_direct_bucket_is_closed_by_100_000_metis_and_opens_with_stake,
    ),
    (Mutant::OperatorCapSkipped, operators::a_sequencer_that_changes_hands_stays_under_its_cap),
    (
        Mutant::GroupForgotten,
        operators::split_operators_get_what_newcomers_get_until_they_are_grouped_at_once,
    ),
    (Mutant::BatchIsAll, game::scores::a_perfect_record_takes_its_time_and_ends_at_70_384_metis),
    (
        Mutant::SlashKeepsScore,
        game::scores::after_a_slash_the_best_record_is_worth_less_than_a_newcomers,
    ),
    (Mutant::NewcomerIsFull, game::scores::a_new_registration_begins_as_a_newcomer_without_grants),
    (
        Mutant::GrantRaisedAtOnce,
        game::scores::a_new_registration_begins_as_a_newcomer_without_grants,
    ),
    (Mutant::ChurnTwiceADay, game::churn::a_window_of_n_days_moves_n_plus_one_days_of_churn),
    (Mutant::ChurnIgnored, game::churn::a_window_of_n_days_moves_n_plus_one_days_of_churn),
    (Mutant::ChurnFullAtMidnight, game::churn::midnight_refills_nothing),
    (Mutant::ChurnShared, game::churn::nobody_draws_on_anothers_bucket),
    (Mutant::DrawOpenToAll, game::churn::nobody_draws_on_anothers_bucket),
];

/// Those that random games notice as well, whatever the story.
const PLAYED: [Mutant; 19] = [
    Mutant::FourthJumps,
    Mutant::FourthIsOwn,
    Mutant::FloorIsACliff,
    Mutant::QuotaStopsExit,
    Mutant::SequencerDirectIgnored,
    Mutant::GrantCountsOthers,
    Mutant::DirectCountsPools,
    Mutant::OperatorCapSkipped,
    Mutant::GroupForgotten,
    Mutant::BatchIsAll,
    Mutant::SlashKeepsScore,
    Mutant::NewcomerIsFull,
    Mutant::ChurnTwiceADay,
    Mutant::ChurnFullAtMidnight,
    Mutant::ChurnShared,
    Mutant::DrawOpenToAll,
    Mutant::IdleDrawsChurn,
    Mutant::DirectIgnored,
    Mutant::ScoreIgnored,
];

/// The number that switches the build with all variants on, and none of them.
const NONE: u32 = u32::MAX;

/// Tries each variant against its story, which must pass without one.
fn every_one_is_noticed(pairs: &[(Mutant, fn())]) {
    let mut survivors = Vec::new();
    for (at, (mutant, story)) in pairs.iter().enumerate() {
        under(NONE, *story);
        if catch_unwind(|| under(*mutant as u32, *story)).is_ok() {
            survivors.push((*mutant, at));
        }
        under(0, || {});
    }
    assert!(survivors.is_empty(), "{survivors:?}");
}

#[test]
fn every_variant_is_noticed_and_the_build_without_one_is_not() {
    every_one_is_noticed(&NOTICED);
}

#[test]
fn every_variant_that_breaks_a_bound_is_noticed_by_a_story_of_the_game() {
    every_one_is_noticed(REACHED);
}

#[test]
fn random_games_notice_what_breaks_a_bound() {
    under(NONE, game::a_few_games);
    let mut survivors = Vec::new();
    for mutant in PLAYED {
        if catch_unwind(|| under(mutant as u32, game::a_few_games)).is_ok() {
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
    for number in IN_GAME_STORIES {
        assert!(REACHED.iter().any(|(mutant, _)| *mutant as u32 == number), "{number}");
    }
}
