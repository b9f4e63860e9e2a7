//! The figures are read as staking writes them.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use emetis_common::abi::ISequencerQuota::{Figures as Told, checkCall};
use emetis_common::account::Account;
use emetis_common::quota::figures::Figures;
use emetis_common::word::Word;
use proptest::prelude::*;

/// The words of a call, without its selector.
fn words(told: Told) -> [Word; 14] {
    let call = checkCall { figures: told }.abi_encode();
    let (words, rest) = call[4..].as_chunks::<32>();
    assert!(rest.is_empty());
    words.try_into().unwrap()
}

fn told(pool: Address, id: u64, group: u64, amounts: [u128; 11]) -> Told {
    let [assets, stake, bond, direct, in_group, in_pool, pair, directs, all, threshold, lock] =
        amounts.map(U256::from);
    Told {
        pool,
        id: U256::from(id),
        assets,
        group: U256::from(group),
        sequencerStake: stake,
        sequencerBond: bond,
        sequencerDirect: direct,
        groupStake: in_group,
        poolStake: in_pool,
        pairStake: pair,
        directStake: directs,
        totalStake: all,
        activationThreshold: threshold,
        maxLock: lock,
    }
}

proptest! {
    #[test]
    fn every_figure_is_where_the_interface_has_it(
        pool: [u8; 20],
        id: u64,
        group: u64,
        amounts: [u128; 11],
    ) {
        let [assets, stake, bond, direct, in_group, in_pool, pair, directs, all, threshold, lock] =
            amounts;

        let read = Figures::read(&words(told(pool.into(), id, group, amounts)));

        let expected = Figures {
            pool: Account::new(pool.into()),
            id,
            assets,
            group,
            sequencer_stake: stake,
            sequencer_bond: bond,
            sequencer_direct: direct,
            group_stake: in_group,
            pool_stake: in_pool,
            pair_stake: pair,
            direct_stake: directs,
            total_stake: all,
            activation_threshold: threshold,
            max_lock: lock,
        };
        prop_assert_eq!(read, Some(expected));
        prop_assert_eq!(expected.is_pooled(), pool != [0; 20]);
    }
}

#[test]
fn what_is_no_address_or_too_long_an_id_is_not_read() {
    let mut call = words(told(Address::ZERO, 1, 1, [0; 11]));
    assert!(Figures::read(&call).is_some());

    for place in [0, 1, 3] {
        let before = call[place];
        call[place] = [0xff; 32];
        assert_eq!(Figures::read(&call), None);
        call[place] = before;
    }
    call[2] = [0xff; 32];
    assert_eq!(Figures::read(&call).unwrap().assets, u128::MAX);
}
