//! Proposals, windows and slots of the court against naive references.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use emetis_common::account::Account;
use emetis_common::court::{
    DAY, Loss, Proposal, Refusal, Rules, State, Times, WINDOW, Window, day_of, earliest_fault,
};
use emetis_common::word;
use proptest::prelude::*;

const START: u64 = 1_800_000_000;
/// The cap of a window, in bps.
const CAP: u64 = 1_000;

/// A proposal that was made: when, what it takes, whether it ended without a loss.
#[derive(Clone, Copy, Debug)]
struct Made {
    at: u64,
    bps: u64,
    is_given_back: bool,
}

/// What the chain that reaches now adds up to: proposals from the last one back, as long as none is
/// further than a window from the one after it.
fn added_up(made: &[Made], now: u64) -> u64 {
    let (mut after, mut sum) = (now, 0);
    for one in made.iter().rev() {
        if after - one.at > WINDOW {
            break;
        }
        sum += if one.is_given_back { 0 } else { one.bps };
        after = one.at;
    }
    sum
}

/// The most that proposals of any window add up to.
fn most(made: &[Made]) -> u64 {
    let within = |from: &Made| {
        let of = made.iter().filter(|one| one.at >= from.at && one.at <= from.at + WINDOW);
        of.filter(|one| !one.is_given_back).map(|one| one.bps).sum()
    };
    made.iter().map(within).max().unwrap_or(0)
}

fn wait() -> impl Strategy<Value = u64> {
    prop_oneof![0..3 * DAY, WINDOW - 1..=WINDOW + 1, 0..2 * WINDOW]
}

fn state() -> impl Strategy<Value = State> {
    (0..5_u8).prop_map(State::of)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn a_window_has_left_what_a_naive_sum_leaves(
        steps in prop::collection::vec((wait(), 0..=CAP, any::<bool>()), 1..16),
    ) {
        let (mut window, mut made, mut now) = (Window::default(), Vec::new(), START);

        for (index, (wait, bps, is_given_back)) in steps.into_iter().enumerate() {
            now += wait;
            let room = window.room(now, CAP);
            prop_assert_eq!(room, CAP - added_up(&made, now));
            let bps = bps.min(room);
            window = window.reserve(now, index as u32 + 1, bps);
            prop_assert_eq!(Window::unpack(&window.pack()), window);
            window = if is_given_back { window.give_back(bps) } else { window.keep() };
            prop_assert_eq!(window.pending, 0);
            made.push(Made { at: now, bps, is_given_back });
        }

        prop_assert!(most(&made) <= CAP, "{made:?}");
    }

    #[test]
    fn at_any_time_one_thing_can_be_done_with_what_is_pending(
        state in state(),
        wait in 0..30 * DAY,
        veto_window in DAY..=7 * DAY,
        execute_grace in DAY..=7 * DAY,
        period in 7_u64..=60,
    ) {
        let rules = Rules { veto_window, execute_grace, ..Rules::default() };
        let (times, now) = (Times::new(START, START, &rules, period * DAY), START + wait);
        let due = START + veto_window.min((period - 2) * DAY);
        let over = (due + execute_grace).min(START + (period - 1) * DAY);
        let veto = state.check_veto(&times, now);
        let execution = state.check_execution(&times, now);
        let lapse = state.check_lapse(&times, now);

        if state == State::Pending {
            let done = [veto.is_ok(), execution.is_ok(), lapse.is_ok()];
            prop_assert!(over - due >= DAY, "there is a day to execute it");
            let (is_over, is_due) = (now >= over, now >= due);
            prop_assert_eq!(done, [!is_due, is_due && !is_over, is_over]);
            let told = if is_over { State::Lapsed } else { State::Pending };
            prop_assert_eq!((state.told(&times, now), state.is_over(&times, now)), (told, is_over));
        } else {
            let refused = Err(Refusal::NotPending);
            prop_assert_eq!([veto, execution, lapse], [refused; 3]);
            prop_assert_eq!((state.told(&times, now), state.is_over(&times, now)), (state, false));
        }
    }

    #[test]
    fn slots_hold_what_was_packed(
        address: [u8; 20],
        numbers: (u32, u16, u8, u8),
        times in (0..1_u64 << 40, 0..1_u64 << 40, 0..1_u64 << 40),
        terms in (0..1_u64 << 24, 0..1_u64 << 24, 0..1_u64 << 24),
        levels: (u128, u128),
    ) {
        let (account, (id, bps, number, pools)) = (Account::new(address.into()), numbers);
        let (veto_window, execute_grace, max_jail) = terms;
        let max_slash = u64::from(bps);
        let rules = Rules { veto_window, execute_grace, max_jail, max_slash };
        let (state, pools) = (State::of(number % 5), u32::from(pools));
        let proposal = Proposal { slasher: account, id, bps: bps.into(), state, pools };
        let times = Times { fault: times.0, veto_until: times.1, execute_until: times.2 };
        let loss = Loss { provisioned: levels.0, realised: levels.1 };

        prop_assert_eq!(Rules::unpack(&rules.pack(&account)), rules);
        prop_assert_eq!(Account::low(&rules.pack(&account)), account);
        prop_assert_eq!(Proposal::unpack(&proposal.pack()), proposal);
        prop_assert_eq!(Times::unpack(&times.pack()), times);
        prop_assert_eq!(Loss::unpack(&loss.pack()), loss);
        prop_assert_eq!(State::of(state.number()), state);
        prop_assert_eq!(Account::upper(&account.with_upper(u128::from(id))), u128::from(id));
        prop_assert_eq!(Account::low(&word::MAX).with_upper((1 << 96) - 1), word::MAX);
    }
}

#[test]
fn the_earliest_fault_is_after_registration_and_within_the_period() {
    assert_eq!(earliest_fault(1_000, 400, 500), 500);
    assert_eq!(earliest_fault(1_000, 600, 500), 600);
    assert_eq!(earliest_fault(1_000, 0, 2_000), 0);
    assert_eq!((day_of(DAY - 1), day_of(DAY)), (0, 1));
}
