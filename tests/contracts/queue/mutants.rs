//! Every broken variant of the queue is noticed by a story.

use std::panic::catch_unwind;

use alloy_primitives::{Bytes, Log, keccak256};

use super::kit::*;
use super::{batches, cancel, claim, construct, donations, finalize, offers, permits, picture};
use super::{rate, stories, token};
use emetis_common::mutants::{IN_QUEUE_STORIES, Mutant};

/// A broken variant, and a story that goes wrong under it.
const NOTICED: [(Mutant, fn()); 29] = [
    (Mutant::ConstructorRepeats, construct::a_queue_is_constructed_once),
    (Mutant::FillOutOfOrder, finalize::one_after_the_other),
    (Mutant::FillOpenBatch, finalize::an_open_batch),
    (Mutant::CancelClosed, cancel::a_closed_batch),
    (Mutant::CancelKeepsNominal, cancel::a_ticket_is_cancelled),
    (Mutant::CancelKeepsNominal, stories::three_tickets_of_which_one_is_cancelled),
    (Mutant::SecondFillAtFirstRate, rate::a_second_fill_at_another_rate),
    (Mutant::ClaimRoundsUp, claim::a_claim_ends_a_ticket),
    (Mutant::ClaimTwice, claim::a_part_is_claimed_once),
    (Mutant::ClaimOpenToAll, claim::who_may_claim),
    (Mutant::ClaimKeepsEscrow, claim::a_claim_ends_a_ticket),
    (Mutant::ClaimBeforeFill, claim::before_a_fill),
    (Mutant::ApprovalStays, token::an_approval_ends_with_a_transfer),
    (Mutant::TicketMovesByAnyone, token::who_may_move),
    (Mutant::TransferKeepsCount, token::a_ticket_moves),
    (Mutant::RequestSkipsDue, batches::a_batch_closes_by_itself),
    (Mutant::DonationIsEscrow, donations::metis_that_is_given),
    (Mutant::QueueSweepTakesEscrow, donations::only_donations_are_swept),
    (Mutant::BatchNeverCloses, batches::a_batch_closes_by_itself),
    (Mutant::BatchNeverCloses, finalize::an_open_batch),
    (Mutant::PartFillCancels, cancel::a_batch_filled_in_part),
    (Mutant::LossOnFilled, rate::a_later_loss),
    (Mutant::QueueAsksAuthority, stories::a_claim_needs_nobody),
    (Mutant::SafeTransferUnasked, offers::who_says_no),
    (Mutant::ReceiveFillOpen, finalize::only_the_hub_pays),
    (Mutant::BatchLengthUnbounded, batches::batches_last_as_long_as_admin_says),
    (Mutant::PermitMustSucceed, permits::a_permit_that_somebody_hands_in_before),
    (Mutant::FinalizeEndless, finalize::sixteen_batches_at_most),
    (Mutant::PictureOfOther, picture::every_state_is_shown),
];

/// The number that switches the build with all variants on, and none of them.
const NONE: u32 = u32::MAX;

#[test]
fn every_variant_is_noticed_and_the_build_without_one_is_not() {
    let mut survivors = Vec::new();
    for (at, (mutant, story)) in NOTICED.iter().enumerate() {
        under(NONE, *story);
        if catch_unwind(|| under(*mutant as u32, *story)).is_ok() {
            survivors.push((*mutant, at));
        }
        under(0, || {});
    }
    assert!(survivors.is_empty(), "{survivors:?}");
}

#[test]
fn every_number_of_the_queue_has_a_story() {
    for number in IN_QUEUE_STORIES {
        assert!(NOTICED.iter().any(|(mutant, _)| *mutant as u32 == number), "{number}");
    }
}

/// What came of a call: answer, gas and logs, or the error.
type Told = Result<(Bytes, u64, Vec<Log>), Bytes>;

/// A story that would differ under the variants: good calls and forbidden ones.
fn play(mut world: World) -> Vec<Told> {
    let (alice, bob, keeper) = (world.alice, world.bob, world.keeper);
    let [first, second] = [2, 3].map(|metis| world.request(alice, ether(metis)));
    let (receiver, from, to) = (alice.address, alice.address, bob.address);
    let finalize = |metis| Queue::finalizeCall { maxAssets: ether(metis), maxBatches: ALL };
    let calls = [
        (alice, encoded(&Queue::cancelCall { ticket: second, receiver })),
        (keeper, encoded(&finalize(1))),
        (alice, encoded(&Queue::claimCall { ticket: first, receiver })),
        (alice, encoded(&Queue::approveCall { to, tokenId: first })),
        (keeper, encoded(&finalize(1))),
        (alice, encoded(&Queue::cancelCall { ticket: first, receiver })),
        (keeper, encoded(&Queue::claimCall { ticket: first, receiver })),
        (alice, encoded(&Queue::claimCall { ticket: first, receiver })),
        (alice, encoded(&Queue::claimCall { ticket: first, receiver })),
        (keeper, encoded(&finalize(9))),
        (bob, encoded(&Queue::transferFromCall { from, to, tokenId: first })),
        (keeper, encoded(&Queue::tokenURICall { tokenId: first })),
        (bob, encoded(&Queue::claimCall { ticket: first, receiver })),
        (world.treasury, encoded(&Queue::sweepCall { receiver })),
        (world.admin, encoded(&Queue::setBatchLengthCall { length: word(days(2)) })),
        (keeper, encoded(&Queue::receiveFillCall {})),
        (keeper, world.suite.queue_constructor().into()),
        (alice, encoded(&Queue::dueCall {})),
    ];
    let call = |(at, (who, data)): (usize, (Account, Bytes))| {
        if at == 3 {
            world.close();
        }
        let outcome = world.chain.send_raw(who, world.queue, data).run();
        outcome
            .map(|receipt| (receipt.output, receipt.gas_used, receipt.logs))
            .map_err(|failure| failure.data())
    };
    calls.into_iter().enumerate().map(call).collect()
}

#[test]
fn no_number_changes_an_answer_or_a_unit_of_gas_of_a_release() {
    let slot = keccak256("emetis.mutant").into();
    let expected = play(world());
    let made = expected.iter().filter(|told| told.is_ok()).count();
    assert!(made >= 8 && expected.len() - made >= 8, "{made}");

    for number in IN_QUEUE_STORIES.chain([0, 12, 32]) {
        let mut world = world();
        world.chain.set_storage(world.queue, slot, word(number.into()));
        assert_eq!(play(world), expected, "{number}");
    }
}
