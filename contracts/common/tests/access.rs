//! Delays against a model that keeps every change, and the manager's slots against OpenZeppelin's.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "tests, not programs")]

use alloy_primitives::{Address, B256, FixedBytes, U256, keccak256};
use alloy_sol_types::SolValue;
use emetis_common::{
    access::{Access, EXPIRATION, MAX_SUSPENSION, Role, Schedule, Target},
    account::Account,
    delay::Delay,
    slots::access as slots,
};
use proptest::prelude::*;

/// The most that 48 bits hold.
const LAST: u64 = (1 << 48) - 1;

/// A delay as its history: what holds from when on, the earliest first.
#[derive(Clone, Debug)]
struct History(Vec<(u64, u32)>);

impl History {
    fn at(&self, now: u64) -> u32 {
        self.0.iter().rev().find(|(from, _)| *from <= now).map_or(0, |(_, delay)| *delay)
    }

    /// The change that is still to come.
    fn pending(&self, now: u64) -> (u32, u64) {
        self.0.last().filter(|(from, _)| *from > now).map_or((0, 0), |(from, to)| (*to, *from))
    }

    /// Drops what was to come, and lets the old delay hold as long as the new one is shorter.
    fn update(&mut self, now: u64, to: u32, least: u32) -> u64 {
        let before = self.at(now);
        self.0.retain(|(from, _)| *from <= now);
        let effect = now + u64::from(before.saturating_sub(to).max(least));
        self.0.push((effect, to));
        effect
    }
}

fn any_delay() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(1), 0u32..=604_800, any::<u32>(), Just(u32::MAX),]
}

fn delay_of(before: u32, after: u32, effect: u64) -> Delay {
    Delay::changing(before, after, effect & LAST)
}

proptest! {
    #[test]
    fn a_delay_is_what_its_history_says(
        first in any_delay(),
        changes in prop::collection::vec((0u64..=2_000_000, any_delay(), any_delay()), 1..12),
    ) {
        let (mut delay, mut now) = (Delay::new(first), 1_767_225_600);
        let mut history = History(vec![(0, first)]);

        for (passing, to, least) in changes {
            now += passing;
            let told = delay.told(now);
            prop_assert_eq!(told.current, history.at(now));
            prop_assert_eq!((told.pending, told.effect), history.pending(now));

            delay = delay.update(now, to, least);

            prop_assert_eq!(delay.effect(), history.update(now, to, least));
            for later in [0, 1, u64::from(least), u64::from(u32::MAX), 1 << 40] {
                prop_assert_eq!(delay.at(now + later), history.at(now + later));
            }
            prop_assert_eq!(Delay::unpack(delay.pack()), delay);
        }
    }

    #[test]
    fn a_shorter_delay_never_lets_anything_happen_sooner_than_the_old_one(
        before in any_delay(),
        to in any_delay(),
        least in any_delay(),
        wait in any::<u32>(),
    ) {
        let now = 1_767_225_600;
        let after = Delay::new(before).update(now, to, least);

        let soonest = |delay: &Delay, at: u64| at + u64::from(delay.at(at));

        // Whatever is scheduled later is due no sooner than if it had been scheduled at once.
        let at = now + u64::from(wait);
        prop_assert!(soonest(&after, at) >= soonest(&Delay::new(before), now).min(at + u64::from(to)));
        prop_assert!(soonest(&after, at) >= soonest(&after, now) || to > before);
    }

    #[test]
    fn slots_hold_what_was_put_into_them(
        times in [any::<u64>(), any::<u64>(), any::<u64>()],
        delays in [any::<u32>(), any::<u32>()],
        roles in [any::<u64>(), any::<u64>()],
        flags: [bool; 2],
    ) {
        let [since, effect, suspended_until] = times.map(|time| time & LAST);
        let delay = delay_of(delays[0], delays[1], effect);
        let access = Access { since, delay, suspended_until };
        let role = Role { admin: roles[0], guardian: roles[1], grant_delay: delay };
        let target = Target { admin_delay: delay, is_closed: flags[0], is_fixed: flags[1] };
        let schedule = Schedule { time: since, nonce: delays[0] };

        prop_assert_eq!(Access::unpack(&access.pack()), access);
        prop_assert_eq!(Role::unpack(&role.pack()), role);
        prop_assert_eq!(Target::unpack(&target.pack()), target);
        prop_assert_eq!(Schedule::unpack(&schedule.pack()), schedule);
        // As solc packs them: the first field lowest.
        let packed = U256::from(delays[1]) | U256::from(delays[0]) << 32 | U256::from(effect) << 64;
        let expected = U256::from(since) | packed << 48 | U256::from(suspended_until) << 160;
        prop_assert_eq!(U256::from_be_bytes(access.pack()), expected);
        let expected = U256::from(roles[0]) | U256::from(roles[1]) << 64 | packed << 128;
        prop_assert_eq!(U256::from_be_bytes(role.pack()), expected);
        let marks = U256::from(flags[0]) << 112 | U256::from(flags[1]) << 120;
        prop_assert_eq!(U256::from_be_bytes(target.pack()), packed | marks);
        let expected = U256::from(since) | U256::from(delays[0]) << 48;
        prop_assert_eq!(U256::from_be_bytes(schedule.pack()), expected);
    }

    #[test]
    fn slots_lie_where_solc_puts_them(
        account: [u8; 20],
        selector: [u8; 4],
        role: u64,
        operation: [u8; 32],
    ) {
        let (account, selector) = (Address::new(account), FixedBytes(selector));
        let base = |slot: u64| B256::from(U256::from(slot));
        let after = |slot: B256| B256::from(U256::from_be_bytes(slot.0).wrapping_add(U256::ONE));
        let target = keccak256((account, base(0)).abi_encode());
        let of_role = keccak256((role, base(1)).abi_encode());

        let key = Account::new(account);

        prop_assert_eq!(B256::new(slots::target(&key)), after(target));
        prop_assert_eq!(
            B256::new(slots::function_role(&key, selector.0)),
            keccak256((selector, target).abi_encode())
        );
        prop_assert_eq!(B256::new(slots::role(role)), after(of_role));
        prop_assert_eq!(
            B256::new(slots::member(role, &key)),
            keccak256((account, of_role).abi_encode())
        );
        prop_assert_eq!(
            B256::new(slots::schedule(&operation)),
            keccak256((B256::new(operation), base(2)).abi_encode())
        );
    }

    #[test]
    fn a_membership_acts_from_its_beginning_but_while_suspended(
        since in 0u64..100,
        suspended_until in 0u64..100,
        now in 0u64..100,
    ) {
        let access = Access { since, suspended_until, ..Access::default() };

        prop_assert_eq!(access.exists(), since > 0);
        prop_assert_eq!(access.is_suspended(now), now < suspended_until);
        prop_assert_eq!(access.is_active(now), since > 0 && now >= since && now >= suspended_until);
        let free = if suspended_until > 0 { suspended_until + u64::from(MAX_SUSPENSION) } else { 0 };
        prop_assert_eq!(access.next_suspension(), free);
    }
}

#[test]
fn an_operation_expires_a_week_after_its_time_and_the_latest_never() {
    let at = |time| Schedule { time, nonce: 1 };

    assert!(!at(1_000).is_expired(1_000 + EXPIRATION - 1));
    assert!(at(1_000).is_expired(1_000 + EXPIRATION));
    assert!(at(0).is_expired(EXPIRATION));
    assert!(!at(LAST).is_expired(LAST));
    assert!(!at(u64::MAX).is_expired(u64::MAX - 1));
}
