//! What is stored comes back, at the width of each figure.

use alloy_primitives::Address;
use emetis_common::account::Account;
use emetis_common::staking::buckets::{Bucket, Entry};
use emetis_common::staking::hold::Hold;
use emetis_common::staking::rewards::{Index, Owed};
use emetis_common::staking::rules::{Ceiling, Rules};
use emetis_common::staking::sequencer::{Identity, Money, Shares};
use emetis_common::staking::totals::{Counts, Ledger};
use emetis_common::staking::weight::Weight;
use emetis_common::staking::{LIMIT, SHARES_LIMIT};
use proptest::prelude::*;

const TIME: u64 = (1 << 40) - 1;

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![Just(0), Just(1), Just(LIMIT), 0..=LIMIT]
}

fn shares() -> impl Strategy<Value = u128> {
    prop_oneof![Just(0), Just(SHARES_LIMIT), 0..=SHARES_LIMIT]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), Just(TIME), 0..=TIME]
}

proptest! {
    #[test]
    fn money_comes_back(
        (bond, delegated) in (amount(), amount()),
        (nonce, group, commission) in (any::<u32>(), 0_u64..1 << 24, 0_u64..1 << 14),
        [jailed, exiting, held, parked] in any::<[bool; 4]>(),
    ) {
        let nonce = u64::from(nonce);
        let money = Money { bond, delegated, nonce, group, commission, jailed, exiting, held, parked };

        prop_assert_eq!(Money::unpack(&money.pack()), money);
    }

    #[test]
    fn shares_come_back(
        (total, direct) in (shares(), shares()),
        (bucket, inactive_since) in (any::<u32>(), time()),
    ) {
        let shares = Shares { total, direct, bucket: bucket.into(), inactive_since };

        prop_assert_eq!(Shares::unpack(&shares.pack()), shares);
    }

    #[test]
    fn rewards_come_back(index in any::<u128>(), a in amount(), b in amount(), c in amount()) {
        let index = Index { index, delegators: a };
        let owed = Owed { operator: a, parked: b, parked_delegators: c };

        prop_assert_eq!(Index::unpack(&index.pack()), index);
        prop_assert_eq!(Owed::unpack(&owed.pack()), owed);
    }

    #[test]
    fn three_amounts_come_back(a in amount(), b in amount(), c in amount()) {
        let bucket = Bucket { nominal: a, assets: b, paid: c };
        let ledger = Ledger { metis: a, bonds: b, pooled: c };
        let entry = Entry { nominal: a, claimed: b };

        prop_assert_eq!(Bucket::unpack(&bucket.pack()), bucket);
        prop_assert_eq!(Ledger::unpack(&ledger.pack()), ledger);
        prop_assert_eq!(Entry::unpack(&entry.pack()), entry);
    }

    #[test]
    fn a_hold_comes_back(
        [bond_loss, delegated_loss, bond_scope, delegated_scope]
            in [amount(), amount(), amount(), amount()],
        [fault, at, until, jailed_before] in [time(), time(), time(), time()],
    ) {
        let hold = Hold {
            bond_loss, delegated_loss, bond_scope, delegated_scope, fault, at, until, jailed_before,
        };

        let [first, second] = hold.pack();
        prop_assert_eq!(Hold::unpack(&first, &second), hold);
    }

    #[test]
    fn parameters_and_counters_come_back(
        (activation_threshold, min_bond, max_lock, slashed) in (amount(), amount(), amount(), amount()),
        (min_bond_bps, period, paused) in (0_u64..=10_000, 0_u64..=255, any::<bool>()),
        (sequencers, groups, live, pools) in (any::<u32>(), 0_u64..1 << 24, 0_u64..=64, 0_u64..=16),
        quota in any::<[u8; 20]>(),
    ) {
        let rules = Rules { activation_threshold, min_bond, min_bond_bps, period, paused };
        let sequencers = u64::from(sequencers);
        let counts = Counts { sequencers, groups, live, pools, slashed };
        let ceiling = Ceiling { quota: Account::new(Address::from(quota)), max_lock };

        prop_assert_eq!(Rules::unpack(&rules.pack()), rules);
        prop_assert_eq!(Counts::unpack(&counts.pack()), counts);
        prop_assert_eq!(Ceiling::unpack(&ceiling.pack()), ceiling);
    }

    #[test]
    fn an_identity_comes_back(owner in any::<[u8; 20]>(), registered in time(), term in time()) {
        let owner = Account::new(Address::from(owner));
        let identity = Identity { owner, registered, jailed_until: term };

        prop_assert_eq!(Identity::unpack(&identity.pack()), identity);
    }

    #[test]
    fn stake_adds_up_over_time(steps in prop::collection::vec((amount(), 0_u64..100_000_000), 1..20)) {
        let (mut weight, mut now, mut sum, mut stake) = (Weight::default(), 1_800_000_000, 0, 0);

        for (next, wait) in steps {
            // Through its slot, as a program keeps it.
            weight = Weight::unpack(&weight.pack());
            now += wait;
            sum += stake * u128::from(wait);
            prop_assert_eq!(weight.seconds(now), sum);
            weight.set(next, now);
            stake = next;
        }
    }
}
