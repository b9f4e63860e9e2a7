//! Every broken variant of registry and court is noticed by a story.

use std::panic::catch_unwind;

use super::court::{execute, lapse, propose, pushes, veto, window};
use super::kit::under;
use super::registry::{commission, proof, register, signer};
use super::stories::reentry;
use super::stories::slashes;
use emetis_common::mutants::{IN_STAKING_STORIES, Mutant};

/// A broken variant, and a story that goes wrong under it.
const NOTICED: [(Mutant, fn()); 27] = [
    (Mutant::ProofUnchecked, proof::a_proof_is_the_signers_own),
    (Mutant::ProofKeepsNonce, proof::no_proof_serves_twice),
    (Mutant::ProofForOtherOwner, proof::a_proof_names_its_owner),
    (Mutant::SignerTwice, proof::a_signer_belongs_to_one_sequencer),
    (Mutant::KeyUnchecked, proof::a_key_is_its_signers),
    (Mutant::SignerForgotten, signer::an_owner_changes_the_signer_and_the_old_one_is_burnt),
    (Mutant::ThrottleIgnored, signer::a_signer_serves_for_a_week),
    (Mutant::RaiseAtOnce, commission::a_raise_waits_for_a_week),
    (Mutant::StepUnchecked, commission::a_step_is_measured_when_it_is_applied),
    (Mutant::AnnouncementStays, commission::an_announcement_lapses_a_week_after_it_is_due),
    (Mutant::CutKeepsRaise, commission::a_cut_takes_effect_at_once_and_withdraws_a_raise),
    (
        Mutant::CommissionUnbounded,
        commission::no_raise_is_above_the_highest_when_it_is_announced_or_applied,
    ),
    (Mutant::CommissionUnbounded, register::a_commission_is_not_above_the_highest),
    (Mutant::OwnerUnchecked, signer::nobody_else_changes_a_sequencer),
    (Mutant::EvidenceTwice, propose::evidence_serves_once),
    (Mutant::FaultTwice, propose::the_fault_of_a_day_is_slashed_once),
    (Mutant::VetoLate, veto::a_veto_comes_within_its_window),
    (Mutant::ExecuteEarly, execute::an_execution_waits_for_the_veto),
    (Mutant::ExecuteLate, execute::an_execution_comes_within_its_grace),
    (Mutant::LapseEarly, lapse::a_proposal_does_not_lapse_while_it_can_be_executed),
    (Mutant::WindowUnbounded, window::slashes_of_a_week_add_up_to_at_most_the_cap),
    (Mutant::VetoKeepsRoom, window::a_veto_gives_its_part_back),
    (Mutant::SlasherNotBarred, veto::a_slasher_who_was_vetoed_waits_for_a_week),
    (Mutant::PushFailureReverts, pushes::a_pool_that_refuses_stops_nothing_and_changes_nothing),
    (Mutant::ProvisionStays, veto::a_veto_frees_the_sequencer_and_lifts_the_provision),
    (
        Mutant::ProposalOutlivesBuckets,
        slashes::a_proposal_ends_a_day_before_what_left_with_it_matures_however_the_times_are_set,
    ),
    (Mutant::FaultAnytime, propose::a_fault_is_not_before_registration_nor_to_come),
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
    let stories: [fn(); 2] = [
        pushes::a_pool_re_enters_no_entry_of_the_court,
        reentry::whoever_is_paid_re_enters_nothing_that_changes_money,
    ];
    for re_enter in stories {
        under(NONE, re_enter);
        let outcome = catch_unwind(|| under(Mutant::GuardMissing as u32, re_enter));
        under(0, || {});
        assert!(outcome.is_err(), "GuardMissing survives");
    }
}

#[test]
fn every_number_of_registry_and_court_has_a_story() {
    for number in IN_STAKING_STORIES {
        assert!(NOTICED.iter().any(|(mutant, _)| *mutant as u32 == number), "{number}");
    }
}
