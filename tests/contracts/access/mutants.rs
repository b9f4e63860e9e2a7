//! Every broken variant of the manager is noticed by a story.

use std::panic::catch_unwind;

use super::kit::under;
use super::{cancel, construct, execute, members, operations, suspend, targets};
use emetis_common::mutants::{IN_STORIES, Mutant};

/// A broken variant, and a story that goes wrong under it.
const NOTICED: [(Mutant, fn()); 20] = [
    (Mutant::ScheduleTooSoon, operations::no_time_is_too_late_and_none_within_the_delay_is_taken),
    (Mutant::ExecuteTooSoon, operations::an_operation_is_made_after_its_delay_and_once),
    (
        Mutant::OperationOutlivesWeek,
        operations::an_operation_expires_after_a_week_and_can_be_scheduled_again,
    ),
    (Mutant::OperationRepeats, operations::a_target_uses_up_the_operation_of_a_direct_call),
    (Mutant::CancelOpenToAll, cancel::proposer_guardian_and_admins_cancel_and_nobody_else),
    (Mutant::OwnRoleCancelled, cancel::no_admin_stops_the_removal_of_admins),
    (Mutant::OwnRoleCancelled, cancel::a_helper_of_an_admin_does_not_stop_it_either),
    (
        Mutant::OwnRoleCancelled,
        cancel::no_member_stops_what_changes_its_role_suspended_or_yet_to_come,
    ),
    (Mutant::GivenUpReopens, targets::a_function_that_is_given_up_stays_so),
    (
        Mutant::AuthorityMoves,
        targets::a_target_with_a_function_that_is_given_up_keeps_its_authority,
    ),
    (Mutant::AdminWithoutDelay, members::admin_is_never_granted_with_less_than_two_days),
    (Mutant::SetupNeverEnds, construct::the_first_admin_sets_up_for_a_day_and_waits_from_then_on),
    (Mutant::SuspensionIgnored, suspend::a_suspended_account_does_not_act),
    (Mutant::SuspensionForEver, suspend::a_suspension_ends_by_itself),
    (Mutant::SuspensionAgain, suspend::a_week_without_suspension_follows_each),
    (Mutant::SuspendOpenToAll, suspend::only_guardians_suspend_whatever_their_delay),
    (Mutant::ClosedStaysOpen, targets::a_closed_target_is_closed_to_all),
    (Mutant::GrantAtOnce, members::a_new_member_waits_for_the_grant_delay),
    (Mutant::CallAnything, execute::what_is_executed_lets_nothing_else_through),
    (Mutant::ShorterAtOnce, members::a_shorter_delay_holds_as_much_later_as_it_is_shorter),
];

/// The number that switches the build with all variants on, and none of them.
const NONE: u32 = u32::MAX;

#[test]
fn every_variant_is_noticed_and_the_build_without_one_is_not() {
    for (mutant, story) in NOTICED {
        under(NONE, story);
        let outcome = catch_unwind(|| under(mutant as u32, story));
        under(0, || {});
        assert!(outcome.is_err(), "{mutant:?} survives");
    }
    let re_enter: fn() = execute::a_target_re_enters_no_entry_that_changes_state;
    let outcome = catch_unwind(|| under(Mutant::GuardMissing as u32, re_enter));
    under(0, || {});
    assert!(outcome.is_err(), "GuardMissing survives");
}

#[test]
fn every_number_of_the_manager_has_a_story() {
    for number in IN_STORIES {
        assert!(NOTICED.iter().any(|(mutant, _)| *mutant as u32 == number), "{number}");
    }
}
